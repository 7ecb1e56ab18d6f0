package io.tapeflow.plan.condition;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.plan.ConditionMoment;
import java.math.BigDecimal;
import java.util.List;

/** A trade and values of metrics that a test makes up. */
public record MadeUp(long timeMicros, BigDecimal price, List<Object> values)
    implements ConditionMoment {
  public static MadeUp of(Object... values) {
    return new MadeUp(0, new BigDecimal("100"), List.of(values));
  }

  public MadeUp at(long seconds) {
    return new MadeUp(seconds * 1_000_000, price, values);
  }

  public MadeUp priced(String at) {
    return new MadeUp(timeMicros, new BigDecimal(at), values);
  }

  @Override
  public long tradeId() {
    return 1;
  }

  @Override
  public BigDecimal number(int metric) {
    return new BigDecimal(values.get(metric).toString());
  }

  @Override
  public String word(int metric) {
    return (String) values.get(metric);
  }

  @Override
  @SuppressWarnings("unchecked") // A test that puts in something else fails at once.
  public List<MetricRow> rows(int metric) {
    return (List<MetricRow>) values.get(metric);
  }
}
