package io.tapeflow.plan.condition;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionMoment;
import io.tapeflow.api.plan.Distance;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanCondition.Comparison;
import io.tapeflow.api.plan.PlanCondition.Operand;
import io.tapeflow.api.plan.PlanCondition.Relation;
import io.tapeflow.plan.operator.Stepped;
import io.tapeflow.plan.operator.Synonym;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Holds if each of some metrics is on the right side of its threshold. */
final class NumberTests implements Condition, Stepped, Synonym {
  private final List<Test> tests;
  private final List<String> metrics;

  NumberTests(Test... tests) {
    this.tests = List.of(tests);
    metrics = this.tests.stream().map(Test::metric).toList();
  }

  @Override
  public List<String> metrics() {
    return metrics;
  }

  @Override
  public List<Step> steps() {
    return tests.stream()
        .map(test -> new Step(new Operand.Metric(test.metric()), test.threshold()))
        .toList();
  }

  @Override
  public List<PlanCondition> inFull() {
    return tests.stream().map(Test::inFull).toList();
  }

  @Override
  public boolean holds(ConditionMoment moment) {
    for (int i = 0; i < tests.size(); i++) {
      if (!tests.get(i).passes(moment.number(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public List<Distance> distances(ConditionMoment moment) {
    List<Distance> distances = new ArrayList<>();
    IntStream.range(0, tests.size())
        .forEach(i -> distances.add(tests.get(i).distance(moment.number(i))));
    return distances;
  }

  /** Which side of a threshold a number has to be on. */
  enum Bound {
    ABOVE(Relation.MORE),
    AT_LEAST(Relation.AT_LEAST),
    AT_MOST(Relation.AT_MOST),
    BELOW(Relation.LESS);

    private final Relation relation;

    Bound(Relation relation) {
      this.relation = relation;
    }
  }

  /**
   * One metric and its threshold.
   *
   * @param unit of both
   */
  record Test(String metric, Bound bound, BigDecimal threshold, String unit) {
    boolean passes(BigDecimal value) {
      int side = value.compareTo(threshold);
      return switch (bound) {
        case ABOVE -> side > 0;
        case AT_LEAST -> side >= 0;
        case AT_MOST -> side <= 0;
        case BELOW -> side < 0;
      };
    }

    PlanCondition inFull() {
      return new Comparison(
          new Operand.Metric(metric), bound.relation, new Operand.Constant(threshold));
    }

    Distance distance(BigDecimal value) {
      return new Distance(metric, value, threshold, unit);
    }
  }
}
