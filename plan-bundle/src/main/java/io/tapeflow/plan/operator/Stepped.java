package io.tapeflow.plan.operator;

import io.tapeflow.api.plan.PlanCondition.Operand;
import java.math.BigDecimal;
import java.util.List;

/**
 * A condition on one number that can only say something else where that number reaches, passes or
 * leaves a threshold. A thousand of them on one number cost no more than those whose thresholds the
 * number passes.
 */
public interface Stepped {
  /** A metric or the price; null if the condition turns out not to be stepped. */
  Operand operand();

  /** At least one if there is an operand. */
  List<BigDecimal> thresholds();

  /** Whether it only ever holds at the trade at which something happens. */
  default boolean momentary() {
    return false;
  }
}
