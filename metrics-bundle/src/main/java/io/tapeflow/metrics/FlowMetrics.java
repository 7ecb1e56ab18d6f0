package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.trade.Instrument;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The core's metrics under one set of settings, and the snapshots of them and all families. */
final class FlowMetrics {
  /** So far behind the newest trade received, they are not as of now. */
  private static final Duration BEHIND = Duration.ofSeconds(2);

  private final FlowSettings settings;
  private final Scope shortest;
  private final List<CoreMetrics.Group> groups;
  private final Map<String, Located> located = new HashMap<>();
  private final List<MetricInfo> infos = new ArrayList<>();

  FlowMetrics(FlowSettings settings) {
    this.settings = settings;
    this.shortest = Scope.window(settings.shortestSeconds());
    this.groups = CoreMetrics.groups(settings);
    for (CoreMetrics.Group group : groups) {
      for (Metric metric : group.metrics()) {
        located.put(metric.name(), new Located(group.scope(), metric));
        infos.add(metric.info());
      }
    }
  }

  FlowSettings settings() {
    return settings;
  }

  /** The core's metrics. */
  List<MetricInfo> infos() {
    return infos;
  }

  /** The core's metrics and those of the families; of two with the same name, the first. */
  Map<String, MetricInfo> infos(Collection<Map<String, MetricInfo>> families) {
    Map<String, MetricInfo> all = new LinkedHashMap<>();
    infos.forEach(info -> all.put(info.name(), info));
    families.forEach(family -> family.forEach(all::putIfAbsent));
    return all;
  }

  /** Whether a metric is the core's. */
  boolean has(String name) {
    return located.containsKey(name);
  }

  /** Where one of the core's metrics is computed; null if it is not the core's. */
  Located located(String name) {
    return located.get(name);
  }

  /** One of the core's metrics; there has been a trade. */
  MetricValue value(
      String name, FlowReading reading, Continuity continuity, Feed feed, long nanos) {
    Located metric = located.get(name);
    Envelope envelope = envelope(reading, continuity, feed, nanos);
    Stretch stretch = metric.scope().of(reading, envelope.nowMicros());
    return envelope.value(metric.metric().info(), metric.metric().of(stretch), IdRanges.NONE);
  }

  /** What is true of all values of a moment. */
  Envelope envelope(FlowReading reading, Continuity continuity, Feed feed, long nanos) {
    return new Envelope(reading, reading.timeAt(nanos), continuity, stale(reading, feed, nanos));
  }

  /** The snapshot of an instrument of which there has been a trade. */
  MetricSnapshot snapshot(Capture capture, Feed feed) {
    FlowReading reading = capture.reading();
    Envelope envelope = envelope(reading, capture.continuity(), feed, capture.nanos());
    Map<String, MetricValue> values = new LinkedHashMap<>();
    for (CoreMetrics.Group group : groups) {
      Stretch stretch = group.scope().of(reading, envelope.nowMicros());
      for (Metric metric : group.metrics()) {
        Readout.Raw raw = metric.of(stretch);
        values.put(metric.name(), envelope.value(metric.info(), raw, IdRanges.NONE));
      }
    }
    for (FamilyReading family : capture.families()) {
      for (MetricInfo info : family.infos().values()) {
        values.computeIfAbsent(info.name(), name -> family.value(info, envelope));
      }
    }
    String lack = shortest.of(reading, envelope.nowMicros()).basis().lack();
    MetricStatus status = envelope.status(lack, "");
    String stale = envelope.stale();
    return new MetricSnapshot(
        reading.instrument().key(),
        status,
        status == MetricStatus.OK || !stale.isEmpty() ? stale : lack,
        envelope.asOf(),
        reading.lastId(),
        Duration.ofNanos(reading.ageNanos(capture.nanos())),
        feed.skew(),
        values);
  }

  /** The snapshot of an instrument of which there has been no trade. */
  MetricSnapshot noData(Instrument instrument, Feed feed, Collection<MetricInfo> metrics) {
    String reason = noTrade(feed);
    Map<String, MetricValue> values = new LinkedHashMap<>();
    for (MetricInfo info : metrics) {
      values.put(info.name(), none(info.name(), feed));
    }
    return new MetricSnapshot(
        instrument.key(),
        MetricStatus.NO_DATA,
        reason,
        null,
        -1,
        Duration.ZERO,
        feed.skew(),
        values);
  }

  /** A metric of an instrument of which there has been no trade. */
  MetricValue none(String name, Feed feed) {
    return MetricValue.none(name, MetricStatus.NO_DATA, noTrade(feed), null);
  }

  private static String noTrade(Feed feed) {
    return Envelope.words("No trade yet", feed.words());
  }

  /** Why the feed cannot be trusted, or empty if it can. */
  private String stale(FlowReading reading, Feed feed, long nanos) {
    if (!feed.live()) {
      return feed.words();
    }
    Duration age = Duration.ofNanos(reading.ageNanos(nanos));
    if (age.compareTo(settings.staleAfter()) >= 0) {
      return "No trade for " + seconds(age);
    }
    // While trades wait behind missing ones, or what was missed is caught up with, time goes on.
    Duration behind = Duration.of(feed.newestMicros() - reading.lastTime(), ChronoUnit.MICROS);
    return behind.compareTo(BEHIND) < 0 && behind.compareTo(settings.staleAfter()) < 0
        ? ""
        : seconds(behind) + " behind the newest trade received";
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis() / 100, 1) + " s";
  }

  /** Where a metric is computed. */
  record Located(Scope scope, Metric metric) {}
}
