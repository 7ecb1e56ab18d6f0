package io.tapeflow.plan.condition;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionMoment;
import io.tapeflow.api.plan.Distance;
import io.tapeflow.api.plan.PlanCondition.Operand;
import io.tapeflow.plan.operator.Stepped;
import java.math.BigDecimal;
import java.util.List;

/** Holds if a metric is at least so far from 0, to either side. */
record FarFromZero(String metric, BigDecimal threshold, String unit) implements Condition, Stepped {
  @Override
  public List<String> metrics() {
    return List.of(metric);
  }

  @Override
  public List<Step> steps() {
    return Step.of(new Operand.Metric(metric), threshold.negate(), threshold);
  }

  @Override
  public boolean holds(ConditionMoment moment) {
    return moment.number(0).abs().compareTo(threshold) >= 0;
  }

  @Override
  public List<Distance> distances(ConditionMoment moment) {
    BigDecimal value = moment.number(0);
    BigDecimal nearer = value.signum() < 0 ? threshold.negate() : threshold;
    return List.of(new Distance(metric, value, nearer, unit));
  }
}
