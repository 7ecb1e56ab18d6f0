package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.Provenance;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.tasks.Clock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All metrics under one set of settings, and the snapshots that they make of a tape. */
final class FlowMetrics {
  private static final String NO_TRADE = "No trade in it";

  private final FlowSettings settings;
  private final Scope shortest;
  private final List<Group> groups;

  FlowMetrics(FlowSettings settings) {
    this.settings = settings;
    this.shortest = Scope.window(settings.shortestSeconds());
    this.groups = groups(settings);
  }

  FlowSettings settings() {
    return settings;
  }

  /** The snapshot of an instrument of which there has been a trade. */
  MetricSnapshot snapshot(FlowReading reading, Feed feed, long nanos) {
    long now = reading.timeAt(nanos);
    Instant asOf = Clock.instant(now);
    String stale = stale(reading, feed, nanos);
    Map<String, MetricValue> values = new LinkedHashMap<>();
    for (Group group : groups) {
      Stretch stretch = group.scope().of(reading, now);
      for (Metric metric : group.metrics()) {
        values.put(metric.name(), value(metric, stretch, stale, asOf));
      }
    }
    String lack = shortest.of(reading, now).lack();
    MetricStatus status = status(stale, lack, "");
    String reason = status == MetricStatus.OK ? "" : words(stale, stale.isEmpty() ? lack : "");
    Duration age = Duration.ofNanos(reading.ageNanos(nanos));
    String key = reading.instrument().key();
    return new MetricSnapshot(
        key, status, reason, asOf, reading.lastId(), age, Duration.ZERO, values);
  }

  /** The snapshot of an instrument of which there has been no trade. */
  MetricSnapshot noData(Instrument instrument, Feed feed) {
    String reason = words("No trade yet", feed.words());
    Map<String, MetricValue> values = new LinkedHashMap<>();
    for (Group group : groups) {
      for (Metric metric : group.metrics()) {
        String name = metric.name();
        values.put(name, MetricValue.none(name, MetricStatus.NO_DATA, reason, null));
      }
    }
    return new MetricSnapshot(
        instrument.key(),
        MetricStatus.NO_DATA,
        reason,
        null,
        -1,
        Duration.ZERO,
        Duration.ZERO,
        values);
  }

  private static MetricValue value(Metric metric, Stretch stretch, String stale, Instant asOf) {
    Metric.Result result = metric.of(stretch);
    return new MetricValue(
        metric.name(),
        result.value(),
        status(stale, stretch.lack(), result.absence()),
        words(stale, stretch.lack(), result.absence()),
        asOf,
        stretch.coverage(),
        stretch.complete(),
        -1,
        -1,
        List.of(),
        0,
        Provenance.AGGRESSOR_EXACT);
  }

  /** What is wrong with the feed outweighs what is lacking, and that what follows from it. */
  private static MetricStatus status(String stale, String lack, String absence) {
    if (!stale.isEmpty()) {
      return MetricStatus.STALE;
    }
    if (!lack.isEmpty()) {
      return MetricStatus.WARMING_UP;
    }
    return absence.isEmpty() ? MetricStatus.OK : MetricStatus.NO_DATA;
  }

  /** Why the feed cannot be trusted, or empty if it can. */
  private String stale(FlowReading reading, Feed feed, long nanos) {
    if (!feed.live()) {
      return feed.words();
    }
    Duration age = Duration.ofNanos(reading.ageNanos(nanos));
    return age.compareTo(settings.staleAfter()) < 0
        ? ""
        : "No trade for " + BigDecimal.valueOf(age.toMillis() / 100, 1) + " s";
  }

  private static String words(String... parts) {
    List<String> said = new ArrayList<>();
    for (String part : parts) {
      if (!part.isEmpty()) {
        said.add(part);
      }
    }
    return String.join("; ", said);
  }

  private static List<Group> groups(FlowSettings settings) {
    List<Group> groups = new ArrayList<>();
    groups.add(new Group(Scope.LAST, List.of(new Metric("price.last", Stretch::lastPrice))));
    for (int seconds : settings.windows()) {
      groups.add(new Group(Scope.window(seconds), windowMetrics(seconds, settings)));
    }
    groups.add(new Group(Scope.START, startMetrics()));
    groups.add(new Group(Scope.SESSION, sessionMetrics()));
    return List.copyOf(groups);
  }

  private static List<Metric> windowMetrics(int seconds, FlowSettings settings) {
    BigDecimal dominance = settings.dominanceRatio();
    String w = "." + seconds + "s";
    return List.of(
        new Metric("volume.buy" + w, s -> s.flow().buyVolume()),
        new Metric("volume.sell" + w, s -> s.flow().sellVolume()),
        new Metric("volume" + w, s -> s.flow().volume()),
        new Metric("value.buy" + w, s -> s.flow().buyValue()),
        new Metric("value.sell" + w, s -> s.flow().sellValue()),
        new Metric("delta" + w, s -> s.flow().delta()),
        new Metric("delta.value" + w, s -> s.flow().deltaValue()),
        new Metric("trades.buy" + w, s -> s.flow().buyTrades()),
        new Metric("trades.sell" + w, s -> s.flow().sellTrades()),
        new Metric("trades" + w, s -> s.flow().trades()),
        new Metric("pressure" + w, s -> s.flow().pressure(), "Nothing was sold in it"),
        new Metric("imbalance" + w, s -> s.flow().imbalance(), NO_TRADE),
        new Metric("dominant" + w, s -> s.flow().dominant(dominance), NO_TRADE),
        new Metric("vwap" + w, s -> s.flow().vwap(), NO_TRADE),
        new Metric(
            "rate" + w,
            s -> s.isCovered() ? s.flow().tradesPerSecond(seconds) : null,
            "A rate needs the whole window"));
  }

  private static List<Metric> startMetrics() {
    return List.of(
        new Metric("cvd.start", s -> s.flow().delta()),
        new Metric("cvd.max.start", Stretch::maxCvd),
        new Metric("cvd.min.start", Stretch::minCvd),
        new Metric("volume.buy.start", s -> s.flow().buyVolume()),
        new Metric("volume.sell.start", s -> s.flow().sellVolume()),
        new Metric("value.buy.start", s -> s.flow().buyValue()),
        new Metric("value.sell.start", s -> s.flow().sellValue()),
        new Metric("trades.start", s -> s.flow().trades()),
        new Metric("vwap.start", s -> s.flow().vwap(), NO_TRADE));
  }

  private static List<Metric> sessionMetrics() {
    return List.of(
        new Metric("cvd.session", s -> s.flow().delta()),
        new Metric("volume.session", s -> s.flow().volume()));
  }

  /** Metrics over the same part of the tape. */
  private record Group(Scope scope, List<Metric> metrics) {}
}
