package io.tapeflow.plan.operator;

import io.tapeflow.api.plan.ConditionMoment;
import io.tapeflow.api.plan.PlanCondition.Operand;
import java.math.BigDecimal;
import java.util.List;

/** The one number that a condition looks at. */
final class OneNumber {
  private final Operand operand;
  private final List<String> metrics;

  OneNumber(Operand operand) {
    this.operand = operand;
    metrics = operand instanceof Operand.Metric metric ? List.of(metric.name()) : List.of();
  }

  List<String> metrics() {
    return metrics;
  }

  /** Its thresholds; none if it is a constant, which never passes one. */
  List<Stepped.Step> steps(BigDecimal... thresholds) {
    return operand instanceof Operand.Constant ? List.of() : Stepped.Step.of(operand, thresholds);
  }

  boolean isPrice() {
    return operand instanceof Operand.Price;
  }

  String name() {
    return metrics.isEmpty() ? "price" : metrics.get(0);
  }

  BigDecimal at(ConditionMoment moment) {
    if (operand instanceof Operand.Constant constant) {
      return constant.value();
    }
    return metrics.isEmpty() ? moment.price() : moment.number(0);
  }
}
