package io.tapeflow.plan.operator;

import io.tapeflow.api.plan.PlanCondition.Operand;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/**
 * A condition on numbers that can only say something else where one of them reaches, passes or
 * leaves a threshold. A thousand of them cost no more than those whose thresholds a number passes.
 */
public interface Stepped {
  /** Where it may say something else; empty if the condition turns out not to be stepped. */
  List<Step> steps();

  /** Whether it only ever holds at the trade at which something happens. */
  default boolean momentary() {
    return false;
  }

  /**
   * A number and a threshold of it.
   *
   * @param operand a metric or the price
   */
  record Step(Operand operand, BigDecimal threshold) {
    /** The thresholds of one number. */
    public static List<Step> of(Operand operand, BigDecimal... thresholds) {
      return Arrays.stream(thresholds).map(threshold -> new Step(operand, threshold)).toList();
    }
  }
}
