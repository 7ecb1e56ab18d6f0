package io.tapeflow.plan.operator;

import io.tapeflow.api.plan.PlanCondition.Confluence;
import io.tapeflow.api.plan.PlanCondition.Weighted;
import io.tapeflow.api.plan.Truth;
import java.math.BigDecimal;
import java.util.List;

/**
 * The weights of what holds reach a level, and it goes on until they are below another. What cannot
 * be told may count or not; where that leaves the answer open there is none, and it has to reach
 * the first level again.
 */
final class Confluent implements Operator {
  private final List<BigDecimal> weights;
  private final BigDecimal enable;
  private final BigDecimal suspend;
  private boolean on;

  Confluent(Confluence confluence) {
    weights = confluence.parts().stream().map(Weighted::weight).toList();
    enable = confluence.enable();
    suspend = confluence.suspend();
  }

  @Override
  public Truth at(long timeMicros, List<Truth> parts) {
    BigDecimal least = BigDecimal.ZERO;
    BigDecimal most = BigDecimal.ZERO;
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) == Truth.HOLDS) {
        least = least.add(weights.get(i));
      }
      if (parts.get(i) != Truth.FAILS) {
        most = most.add(weights.get(i));
      }
    }
    BigDecimal level = on ? suspend : enable;
    on = least.compareTo(level) >= 0;
    if (on) {
      return Truth.HOLDS;
    }
    return most.compareTo(level) < 0 ? Truth.FAILS : Truth.BLOCKED;
  }

  @Override
  public void interrupted() {
    on = false;
  }
}
