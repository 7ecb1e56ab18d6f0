package io.tapeflow.api.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One row of a metric that is a table: a footprint's level, a zone, a large trade.
 *
 * @param fields by name, in the order of the documentation; each a {@link java.math.BigDecimal} or
 *     a {@link String}, never null: a field without a value is left out
 */
public record MetricRow(Map<String, Object> fields) {
  /** Takes a copy. */
  public MetricRow {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }
}
