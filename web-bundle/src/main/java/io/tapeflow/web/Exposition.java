package io.tapeflow.web;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot.StateSetDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.tapeflow.api.stream.DelayCounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Collects series for one answer, and writes them in the format that the client reads. */
final class Exposition {
  private static final ExpositionFormatWriter PLAIN = PrometheusTextFormatWriter.create();
  private static final ExpositionFormatWriter OPEN = OpenMetricsTextFormatWriter.create();

  private final Map<String, Supplier<MetricSnapshot>> families = new LinkedHashMap<>();
  private final Map<String, Object> builders = new LinkedHashMap<>();
  private final Set<String> seen = new HashSet<>();

  /** A number that goes up and down. */
  void gauge(String name, String help, Number value, String... labels) {
    Labels unique = unique(name, labels);
    family(name, () -> GaugeSnapshot.builder().name(name).help(help), GaugeSnapshot.Builder::build)
        .dataPoint(
            GaugeDataPointSnapshot.builder().labels(unique).value(value.doubleValue()).build());
  }

  /** A number that only grows; its name is written with {@code _total} behind it. */
  void counter(String name, String help, Number value, String... labels) {
    Labels unique = unique(name, labels);
    family(
            name,
            () -> CounterSnapshot.builder().name(name).help(help),
            CounterSnapshot.Builder::build)
        .dataPoint(
            CounterDataPointSnapshot.builder().labels(unique).value(value.doubleValue()).build());
  }

  /** Which of several states holds: one series for each, of which one is 1. */
  void state(String name, String help, Enum<?> state, String... labels) {
    Labels unique = unique(name, labels);
    StateSetDataPointSnapshot.Builder point = StateSetDataPointSnapshot.builder().labels(unique);
    for (Enum<?> each : state.getDeclaringClass().getEnumConstants()) {
      point.state(each.name(), each == state);
    }
    family(
            name,
            () -> StateSetSnapshot.builder().name(name).help(help),
            StateSetSnapshot.Builder::build)
        .dataPoint(point.build());
  }

  /** Quantiles that somebody else has found. */
  void quantiles(String name, String help, Map<Double, Double> values, String... labels) {
    Labels unique = unique(name, labels);
    Quantiles.Builder quantiles = Quantiles.builder();
    values.forEach((quantile, value) -> quantiles.quantile(new Quantile(quantile, value)));
    family(
            name,
            () -> SummarySnapshot.builder().name(name).help(help),
            SummarySnapshot.Builder::build)
        .dataPoint(
            SummaryDataPointSnapshot.builder().labels(unique).quantiles(quantiles.build()).build());
  }

  /** How often something took how long since the start. */
  void histogram(String name, String help, DelayCounts delays, String... labels) {
    Labels unique = unique(name, labels);
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < DelayCounts.BOUNDS.size(); i++) {
      buckets.bucket(Json.seconds(DelayCounts.BOUNDS.get(i)), delays.counts().get(i));
    }
    long longer = delays.counts().get(DelayCounts.BOUNDS.size());
    buckets.bucket(Double.POSITIVE_INFINITY, longer);
    family(
            name,
            () -> HistogramSnapshot.builder().name(name).help(help),
            HistogramSnapshot.Builder::build)
        .dataPoint(
            HistogramDataPointSnapshot.builder()
                .labels(unique)
                .classicHistogramBuckets(buckets.build())
                .sum(Json.seconds(delays.total()))
                .build());
  }

  private <B> B family(
      String name, Supplier<B> begin, Function<B, ? extends MetricSnapshot> build) {
    @SuppressWarnings("unchecked") // A name is only ever of one kind of series.
    B builder = (B) builders.computeIfAbsent(name, same -> begin.get());
    families.putIfAbsent(name, () -> build.apply(builder));
    return builder;
  }

  /** The same name twice, such as of two listeners, is told apart by a number. */
  private Labels unique(String name, String... labels) {
    String[] unique = labels.clone();
    for (int count = 2; !seen.add(name + String.join("\n", unique)); count++) {
      unique[unique.length - 1] = labels[labels.length - 1] + '#' + count;
    }
    return Labels.of(unique);
  }

  /** The media type for a client that accepts these. */
  static String mediaType(String accept) {
    return writer(accept).getContentType();
  }

  byte[] write(String accept) throws IOException {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    families.values().forEach(family -> all.metricSnapshot(family.get()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer(accept).write(out, all.build(), EscapingScheme.UNDERSCORE_ESCAPING);
    return out.toByteArray();
  }

  private static ExpositionFormatWriter writer(String accept) {
    return OPEN.accepts(accept) ? OPEN : PLAIN;
  }
}
