package io.tapeflow.metrics.hawkes;

/**
 * e to the power of -βΔ for whole microseconds, by two multiplications of tabled factors: an
 * exponential per trade and half-life would cost more than all the rest. Immutable.
 */
final class Decay {
  private static final int BITS = 10;
  private static final int SIZE = 1 << BITS;

  private final double perMicro;
  private final double[] low = new double[SIZE];
  private final double[] middle = new double[SIZE];
  private final double[] high = new double[SIZE];

  /** With a rate per second. */
  Decay(double beta) {
    perMicro = beta / 1e6;
    for (int i = 0; i < SIZE; i++) {
      low[i] = exp(i);
      middle[i] = exp((long) i << BITS);
      high[i] = exp((long) i << (2 * BITS));
    }
  }

  /** The factor after so many microseconds; 1 if they are not positive. */
  double after(long micros) {
    if (micros <= 0) {
      return 1;
    }
    if (micros >= 1L << (3 * BITS)) {
      return exp(micros);
    }
    return low[(int) micros & (SIZE - 1)]
        * middle[(int) (micros >> BITS) & (SIZE - 1)]
        * high[(int) (micros >> (2 * BITS)) & (SIZE - 1)];
  }

  private double exp(long micros) {
    return StrictMath.exp(-perMicro * micros);
  }
}
