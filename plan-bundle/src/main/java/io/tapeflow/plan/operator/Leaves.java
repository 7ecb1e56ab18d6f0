package io.tapeflow.plan.operator;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.PlanCondition;

/** Makes the conditions that look at metrics and are not in the registry. */
public final class Leaves {
  private Leaves() {}

  /**
   * A new condition.
   *
   * @throws IllegalArgumentException if there is none for it
   */
  public static Condition of(PlanCondition condition) {
    if (condition instanceof PlanCondition.Comparison comparison) {
      return new Comparing(comparison);
    } else if (condition instanceof PlanCondition.Band band) {
      return new Banded(band);
    } else if (condition instanceof PlanCondition.Hysteresis hysteresis) {
      return new Latched(hysteresis);
    }
    throw new IllegalArgumentException("There is no condition for " + condition);
  }
}
