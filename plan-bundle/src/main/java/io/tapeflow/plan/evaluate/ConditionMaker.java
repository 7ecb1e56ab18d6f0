package io.tapeflow.plan.evaluate;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.trade.Instrument;

/** Makes the conditions that look at metrics. */
@FunctionalInterface
public interface ConditionMaker {
  /**
   * Makes one.
   *
   * @param condition one without parts, with all its arguments
   * @throws IllegalArgumentException if that is not possible, with the reason
   */
  Condition make(PlanCondition condition, Instrument instrument);
}
