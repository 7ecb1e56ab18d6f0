package io.tapeflow.plan.evaluate;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.plan.ConditionMoment;
import java.math.BigDecimal;
import java.util.List;

/** What one condition sees: the columns of its own metrics. */
final class View implements ConditionMoment {
  private final Columns columns;
  private final List<String> metrics;
  private final int[] indexes;

  View(Columns columns, List<String> metrics) {
    this.columns = columns;
    this.metrics = metrics;
    this.indexes = metrics.stream().mapToInt(columns::index).toArray();
  }

  boolean isUsable() {
    for (int index : indexes) {
      if (columns.value(index) == null) {
        return false;
      }
    }
    return columns.tradeId() >= 0;
  }

  @Override
  public long tradeId() {
    return columns.tradeId();
  }

  @Override
  public long timeMicros() {
    return columns.timeMicros();
  }

  @Override
  public BigDecimal price() {
    return columns.price();
  }

  @Override
  public BigDecimal number(int metric) {
    return of(metric, BigDecimal.class);
  }

  @Override
  public String word(int metric) {
    return of(metric, String.class);
  }

  @Override
  @SuppressWarnings("unchecked") // A metric that is a list is one of rows, by the API.
  public List<MetricRow> rows(int metric) {
    return of(metric, List.class);
  }

  private <T> T of(int metric, Class<T> type) {
    Object value = columns.value(indexes[metric]);
    if (!type.isInstance(value)) {
      throw new IllegalStateException(
          metrics.get(metric) + " is " + value + ", not a " + type.getSimpleName());
    }
    return type.cast(value);
  }
}
