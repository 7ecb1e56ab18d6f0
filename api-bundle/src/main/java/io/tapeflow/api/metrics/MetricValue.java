package io.tapeflow.api.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The value of one metric at one moment.
 *
 * @param name dotted, with the window or anchor last, such as {@code delta.60s}
 * @param value a {@link java.math.BigDecimal} for a number, a {@link String} for a word such as the
 *     dominant side, or null where there is none; numbers are in the unit that the metric's
 *     documentation names
 * @param status whether it can be trusted
 * @param reason why the status is not {@link MetricStatus#OK}, in words; empty if it is
 * @param asOf the exchange time it holds for; null if there has been no trade
 * @param coverage how much of the window or how much time since the anchor the trades cover
 * @param complete false if ids are missing within that coverage
 */
public record MetricValue(
    String name,
    Object value,
    MetricStatus status,
    String reason,
    Instant asOf,
    Duration coverage,
    boolean complete) {

  /** Checks that only value and time may be null. */
  public MetricValue {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(coverage, "coverage");
  }

  /**
   * Whether it may be acted upon.
   *
   * @return true if the status is OK and no id is missing
   */
  public boolean usable() {
    return status == MetricStatus.OK && complete;
  }
}
