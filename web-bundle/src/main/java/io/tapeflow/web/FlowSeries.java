package io.tapeflow.web;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/**
 * Metrics for Prometheus: how many are of which status, and the numbers that can be acted upon, up
 * to a limit. A number that cannot be acted upon has no series, because none is better than a wrong
 * one.
 */
final class FlowSeries {
  private final int most;
  private long shown;
  private long omitted;

  FlowSeries(int most) {
    this.most = most;
  }

  void add(MetricSnapshot it, Exposition page) {
    String key = it.instrument();
    page.state(
        "tapeflow_metrics_status",
        "Best status that the feed permits",
        it.status(),
        "instrument",
        key);
    page.gauge(
        "tapeflow_metrics_age_seconds",
        "Time since the last trade that the metrics rest on was received",
        Json.seconds(it.age()),
        "instrument",
        key);
    Map<MetricStatus, Integer> counts = new EnumMap<>(MetricStatus.class);
    for (MetricStatus status : MetricStatus.values()) {
      counts.put(status, 0);
    }
    long incomplete = 0;
    for (MetricValue value : it.metrics().values()) {
      counts.merge(value.status(), 1, Integer::sum);
      incomplete += value.complete() ? 0 : 1;
      if (value.usable() && value.value() instanceof BigDecimal number) {
        value(key, value.name(), number, page);
      }
    }
    counts.forEach(
        (status, count) ->
            page.gauge(
                "tapeflow_metrics",
                "Metrics by their status",
                count,
                "instrument",
                key,
                "status",
                status.name()));
    page.gauge(
        "tapeflow_metrics_incomplete",
        "Metrics in whose trades ids are missing",
        incomplete,
        "instrument",
        key);
  }

  /** How many numbers had no room. */
  void end(Exposition page) {
    page.gauge(
        "tapeflow_metric_values_omitted", "Numbers left out because of prometheus.values", omitted);
  }

  private void value(String key, String metric, BigDecimal number, Exposition page) {
    if (shown == most) {
      omitted++;
      return;
    }
    shown++;
    page.gauge(
        "tapeflow_metric_value",
        "Metrics that are OK and complete; docs/metrics.md has their units",
        number.doubleValue(),
        "instrument",
        key,
        "metric",
        metric);
  }
}
