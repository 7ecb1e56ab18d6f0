package io.tapeflow.api.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The value of one metric at one moment.
 *
 * @param name dotted, with the window or anchor last, such as {@code delta.60s}
 * @param value a {@link java.math.BigDecimal} for a number, a {@link String} for a word such as the
 *     dominant side, a {@code List} of {@link MetricRow} for a table, or null where there is none;
 *     numbers are in the unit that the metric's documentation names
 * @param status whether it can be trusted
 * @param reason why the status is not {@link MetricStatus#OK}, in words; empty if it is
 * @param asOf the exchange time it holds for; null if there has been no trade
 * @param coverage how much of the window or how much time since the anchor the trades cover
 * @param complete false if ids are missing within that coverage
 * @param firstId the first id that is, or would be, in it; -1 if there is none
 * @param lastId the last id in it; -1 if there is none
 * @param gaps the ids that are missing between the two, in their order; the newest few if there are
 *     many
 * @param repaired how many of the trades between the two did not come by the live stream but were
 *     fetched
 * @param provenance how the aggressor's side is known
 */
public record MetricValue(
    String name,
    Object value,
    MetricStatus status,
    String reason,
    Instant asOf,
    Duration coverage,
    boolean complete,
    long firstId,
    long lastId,
    List<IdRange> gaps,
    long repaired,
    Provenance provenance) {

  /** Checks that only value and time may be null. */
  public MetricValue {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(coverage, "coverage");
    Objects.requireNonNull(provenance, "provenance");
    gaps = List.copyOf(gaps);
  }

  /**
   * A value that rests on no trade.
   *
   * @param name as in the record
   * @param status as in the record
   * @param reason as in the record
   * @param asOf as in the record
   * @return a value of nothing
   */
  public static MetricValue none(String name, MetricStatus status, String reason, Instant asOf) {
    return new MetricValue(
        name,
        null,
        status,
        reason,
        asOf,
        Duration.ZERO,
        false,
        -1,
        -1,
        List.of(),
        0,
        Provenance.AGGRESSOR_EXACT);
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
