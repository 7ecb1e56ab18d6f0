package io.tapeflow.plan.condition;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionMoment;
import io.tapeflow.api.plan.Distance;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Holds if each of some metrics is on the right side of its threshold. */
final class NumberTests implements Condition {
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
    ABOVE,
    AT_LEAST,
    AT_MOST,
    BELOW
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

    Distance distance(BigDecimal value) {
      return new Distance(metric, value, threshold, unit);
    }
  }
}
