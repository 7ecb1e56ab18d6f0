package io.tapeflow.api.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * All metrics of one instrument at the same trade and the same moment.
 *
 * @param instrument {@code venue:symbol}, or the name asked for where nobody knows it
 * @param status the best status that the instrument's feed permits its metrics
 * @param reason why it is not {@link MetricStatus#OK}, in words; empty if it is
 * @param asOf the exchange time at which windows end; null if there has been no trade
 * @param lastTradeId the last trade that is in it; -1 before any
 * @param age time since that trade was received; zero before any
 * @param skew what to add to this machine's clock to get the venue's; zero if it is not known
 * @param metrics by name, in the order of the documentation
 */
public record MetricSnapshot(
    String instrument,
    MetricStatus status,
    String reason,
    Instant asOf,
    long lastTradeId,
    Duration age,
    Duration skew,
    Map<String, MetricValue> metrics) {

  /** Checks that only the time may be null, and takes a copy of the map. */
  public MetricSnapshot {
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(age, "age");
    Objects.requireNonNull(skew, "skew");
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /**
   * One metric, there or not.
   *
   * @param name such as {@code delta.60s}
   * @return its value; if the snapshot does not hold it, a value of status {@link
   *     MetricStatus#NO_DATA} whose reason says so. Never null
   */
  public MetricValue metric(String name) {
    MetricValue value = metrics.get(name);
    if (value != null) {
      return value;
    }
    MetricStatus absent = status == MetricStatus.UNKNOWN_INSTRUMENT ? status : MetricStatus.NO_DATA;
    String why = metrics.isEmpty() ? reason : "There is no metric " + name;
    return MetricValue.none(name, absent, why, asOf);
  }
}
