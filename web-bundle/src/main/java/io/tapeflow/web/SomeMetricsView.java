package io.tapeflow.web;

import io.tapeflow.api.metrics.OrderFlow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some metrics of an instrument, each at its own moment, in JSON; without their units. */
record SomeMetricsView(String instrument, String key, Map<String, MetricsView.MetricView> metrics) {
  static SomeMetricsView of(String key, String name, List<String> metrics, OrderFlow orderFlow) {
    Map<String, MetricsView.MetricView> views = new LinkedHashMap<>();
    for (String metric : metrics) {
      views.put(metric, MetricsView.MetricView.of(orderFlow.metric(key, metric), null));
    }
    return new SomeMetricsView(name, key, views);
  }
}
