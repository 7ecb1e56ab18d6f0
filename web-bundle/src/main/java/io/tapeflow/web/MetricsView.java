package io.tapeflow.web;

import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricValue;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics of an instrument, in JSON. Decimals are strings, durations seconds; a table is an
 * array of objects.
 */
record MetricsView(
    String instrument,
    String key,
    String status,
    String reason,
    String asOf,
    Long lastTradeId,
    double age,
    double skew,
    Map<String, MetricView> metrics) {

  /** One metric; the unit is null if the metric does not say what it is. */
  record MetricView(
      Object value,
      String unit,
      String status,
      String reason,
      String asOf,
      double coverage,
      boolean complete,
      Long firstId,
      Long lastId,
      List<IdRange> gaps,
      long repaired,
      String provenance) {
    static MetricView of(MetricValue it, MetricInfo info) {
      return new MetricView(
          plain(it.value()),
          info == null ? null : info.unit(),
          it.status().name(),
          it.reason(),
          Json.time(it.asOf()),
          Json.seconds(it.coverage()),
          it.complete(),
          Json.id(it.firstId()),
          Json.id(it.lastId()),
          it.gaps().stream().map(gap -> new IdRange(gap.firstId(), gap.lastId())).toList(),
          it.repaired(),
          it.provenance().name());
    }

    private static Object plain(Object value) {
      if (value == null) {
        return null;
      }
      if (value instanceof BigDecimal number) {
        return number.toPlainString();
      }
      if (value instanceof MetricRow row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        row.fields().forEach((name, field) -> fields.put(name, plain(field)));
        return fields;
      }
      return value instanceof List<?> rows
          ? rows.stream().map(MetricView::plain).toList()
          : value.toString();
    }
  }

  record IdRange(long firstId, long lastId) {}

  static MetricsView of(MetricSnapshot it, List<MetricInfo> infos, String name) {
    Map<String, MetricInfo> known = new HashMap<>();
    infos.forEach(info -> known.put(info.name(), info));
    Map<String, MetricView> metrics = new LinkedHashMap<>();
    it.metrics()
        .forEach((metric, value) -> metrics.put(metric, MetricView.of(value, known.get(metric))));
    return new MetricsView(
        name,
        it.instrument(),
        it.status().name(),
        it.reason(),
        Json.time(it.asOf()),
        Json.id(it.lastTradeId()),
        Json.seconds(it.age()),
        Json.seconds(it.skew()),
        metrics);
  }
}
