package io.tapeflow.metrics;

import io.tapeflow.api.metrics.IdRange;
import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What is true of all values of an instrument at one moment: from it and what a value rests on
 * follows how far the value can be trusted.
 *
 * @param nowMicros exchange time of the moment
 * @param asOf the same, for showing
 * @param lastId the last trade's id
 * @param coveredId the last id accounted for; later than that of the last trade behind which ids
 *     are missing
 * @param continuity the ids that are missing or were repaired
 * @param stale why the feed cannot be trusted; empty if it can
 */
record Envelope(
    long nowMicros,
    Instant asOf,
    long lastId,
    long coveredId,
    Continuity continuity,
    String stale) {
  private static final int MOST_GAPS = 16;

  /** A moment. */
  Envelope(long nowMicros, long lastId, long coveredId, Continuity continuity, String stale) {
    this(nowMicros, Clock.instant(nowMicros), lastId, coveredId, continuity, stale);
  }

  /** The moment of a reading. */
  Envelope(FlowReading reading, long nowMicros, Continuity continuity, String stale) {
    this(nowMicros, reading.lastId(), reading.coveredId(), continuity, stale);
  }

  /**
   * The value of a metric.
   *
   * @param raw what was computed
   * @param holes ids that its calculator has not had, though others have
   */
  MetricValue value(MetricInfo info, Readout.Raw raw, IdRanges holes) {
    MetricBasis basis = raw.basis();
    long first = basis.firstId();
    boolean any = first >= 0;
    List<IdRange> gaps = any ? continuity.gaps().plus(holes).within(first, coveredId) : List.of();
    int many = gaps.size();
    boolean empty = !any || lastId < first;
    return new MetricValue(
        info.name(),
        raw.value(),
        status(basis.lack(), raw.absence()),
        words(stale, basis.lack(), raw.absence()),
        asOf,
        Duration.of(Math.max(0, nowMicros - basis.sinceMicros()), ChronoUnit.MICROS),
        any && gaps.isEmpty(),
        any ? first : -1,
        empty ? -1 : lastId,
        gaps.subList(Math.max(0, many - MOST_GAPS), many),
        empty ? 0 : continuity.repaired().count(first, lastId),
        info.provenance());
  }

  /** A value that is not there, for a reason that lies with its calculator. */
  MetricValue none(MetricInfo info, MetricStatus status, String reason) {
    MetricStatus seen = stale.isEmpty() ? status : MetricStatus.STALE;
    return MetricValue.none(info.name(), seen, words(stale, reason), asOf);
  }

  /** What is wrong with the feed outweighs what is lacking, and that what follows from it. */
  MetricStatus status(String lack, String absence) {
    if (!stale.isEmpty()) {
      return MetricStatus.STALE;
    }
    if (!lack.isEmpty()) {
      return MetricStatus.WARMING_UP;
    }
    return absence.isEmpty() ? MetricStatus.OK : MetricStatus.NO_DATA;
  }

  /** Several reasons in one line. */
  static String words(String... parts) {
    String said = "";
    for (String part : parts) {
      if (!part.isEmpty()) {
        said = said.isEmpty() ? part : said + "; " + part;
      }
    }
    return said;
  }
}
