package io.tapeflow.console;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricValue;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
          complete(metric),
          metric.reason());
    }
    return head + table + metrics.stream().map(Metrics::rows).collect(Collectors.joining());
  }

  /** A table is shown by the number of its rows, and the rows behind the other metrics. */
  private static String value(Object value) {
    if (value == null) {
      return "-";
    }
    if (value instanceof List<?> rows) {
      return rows.size() == 1 ? "1 row" : rows.size() + " rows";
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  private static String rows(MetricValue metric) {
    StringBuilder text = new StringBuilder();
    if (metric.value() instanceof List<?> rows && !rows.isEmpty()) {
      text.append('\n').append(metric.name()).append('\n').append(table(rows));
    }
    return text.toString();
  }

  private static Table table(List<?> rows) {
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(((MetricRow) row).fields().keySet()));
    Table table = new Table("  ", columns.toArray(String[]::new));
    for (Object row : rows) {
      Map<String, Object> fields = ((MetricRow) row).fields();
      table.row(columns.stream().map(column -> value(fields.get(column))).toArray());
    }
    return table;
  }

  private static String complete(MetricValue metric) {
    if (metric.complete() || metric.gaps().isEmpty()) {
      return metric.complete() ? "yes" : "no";
    }
    return "no: without "
        + metric.gaps().stream()
            .map(
                gap ->
                    gap.count() == 1
                        ? Long.toString(gap.firstId())
                        : gap.firstId() + " to " + gap.lastId())
            .collect(Collectors.joining(", "));
  }
}
