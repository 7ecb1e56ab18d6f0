package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricBasis;
import java.math.BigDecimal;

/**
 * The part of a tape that some metrics are taken over.
 *
 * @param reading the whole tape
 * @param flow what was traded in it
 * @param basis the trades it consists of, and what is not covered of it
 */
record Stretch(FlowReading reading, Flow flow, MetricBasis basis) {

  /** The part behind a mark. */
  static Stretch since(FlowReading reading, long[] mark, long sinceMicros, String lack) {
    long firstId = mark[Slots.LAST_ID] + 1;
    return new Stretch(reading, reading.since(mark), new MetricBasis(firstId, sinceMicros, lack));
  }

  boolean isCovered() {
    return basis.lack().isEmpty();
  }

  BigDecimal lastPrice() {
    return reading.lastPrice();
  }

  BigDecimal maxCvd() {
    return reading.maxCvd();
  }

  BigDecimal minCvd() {
    return reading.minCvd();
  }
}
