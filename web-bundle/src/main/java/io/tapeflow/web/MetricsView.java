package io.tapeflow.web;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricValue;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** The metrics of an instrument, in JSON. Values are strings or null, coverages seconds. */
record MetricsView(
    String instrument,
    String key,
    String status,
    String reason,
    String asOf,
    Long lastTradeId,
    Map<String, MetricView> metrics) {

  record MetricView(
      String value, String status, String reason, String asOf, double coverage, boolean complete) {
    static MetricView of(MetricValue it) {
      return new MetricView(
          text(it.value()),
          it.status().name(),
          it.reason(),
          Json.time(it.asOf()),
          Json.seconds(it.coverage()),
          it.complete());
    }

    private static String text(Object value) {
      if (value == null) {
        return null;
      }
      return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
  }

  static MetricsView of(MetricSnapshot it, String name) {
    Map<String, MetricView> metrics = new LinkedHashMap<>();
    it.metrics().forEach((metric, value) -> metrics.put(metric, MetricView.of(value)));
    return new MetricsView(
        name,
        it.instrument(),
        it.status().name(),
        it.reason(),
        Json.time(it.asOf()),
        Json.id(it.lastTradeId()),
        metrics);
  }
}
