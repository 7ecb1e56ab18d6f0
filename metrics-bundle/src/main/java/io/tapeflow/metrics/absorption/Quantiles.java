package io.tapeflow.metrics.absorption;

import java.util.Arrays;

/** Quantiles of small samples. */
final class Quantiles {
  private Quantiles() {}

  /** The least number that so large a share of the numbers does not exceed; exact. */
  static double of(double[] numbers, double share) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }
}
