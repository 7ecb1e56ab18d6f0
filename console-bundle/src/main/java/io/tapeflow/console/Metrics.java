package io.tapeflow.console;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricValue;
import java.math.BigDecimal;
import java.util.List;

/**
 * What the command {@code metrics} returns. Its string is for a terminal.
 *
 * @param snapshot all metrics
 * @param metrics those that were asked for
 */
public record Metrics(MetricSnapshot snapshot, List<MetricValue> metrics) {
  /** Takes a copy of the list. */
  public Metrics {
    metrics = List.copyOf(metrics);
  }

  static Metrics of(MetricSnapshot snapshot, String prefix) {
    return new Metrics(
        snapshot,
        snapshot.metrics().values().stream()
            .filter(metric -> metric.name().startsWith(prefix))
            .toList());
  }

  @Override
  public String toString() {
    String head =
        "%s: %s%s, as of %s, up to trade %s\n"
            .formatted(
                snapshot.instrument(),
                snapshot.status(),
                snapshot.reason().isEmpty() ? "" : " (" + snapshot.reason() + ")",
                Words.time(snapshot.asOf()),
                snapshot.lastTradeId() < 0 ? "-" : snapshot.lastTradeId());
    if (metrics.isEmpty()) {
      return head + "No such metric.\n";
    }
    Table table = new Table("", "Metric", "Value", "Status", "Coverage", "Complete", "Reason");
    for (MetricValue metric : metrics) {
      table.row(
          metric.name(),
          value(metric.value()),
          metric.status(),
          Words.seconds(metric.coverage()),
          metric.complete() ? "yes" : "no",
          metric.reason());
    }
    return head + table;
  }

  private static String value(Object value) {
    if (value == null) {
      return "-";
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }
}
