package io.tapeflow.api.plan;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * How far a number is from a threshold.
 *
 * @param what the number: a metric's name, or {@code price}
 * @param value what it was
 * @param threshold what it is compared with
 * @param unit of both, as in {@link io.tapeflow.api.metrics.MetricInfo#unit()}; empty if it is not
 *     known
 */
public record Distance(String what, BigDecimal value, BigDecimal threshold, String unit) {
  /** Checks that nothing is null. */
  public Distance {
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(threshold, "threshold");
    Objects.requireNonNull(unit, "unit");
  }

  /**
   * What has to be added to the number to come to the threshold.
   *
   * @return the threshold less the value, with its sign
   */
  public BigDecimal missing() {
    return threshold.subtract(value);
  }
}
