package io.tapeflow.metrics;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * The part of a tape that some metrics are taken over.
 *
 * @param reading the whole tape
 * @param flow what was traded in it
 * @param coverage how much of it the known trades cover
 * @param lack what is not covered of it, in words; empty if it is covered
 * @param complete false if ids are missing in what is covered
 */
record Stretch(FlowReading reading, Flow flow, Duration coverage, String lack, boolean complete) {

  boolean isCovered() {
    return lack.isEmpty();
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
