package io.tapeflow.metrics.vpin;

/** The standard normal distribution. */
final class Normal {
  private static final double SQRT_2PI = Math.sqrt(2 * Math.PI);

  /** From here on the tail is below the last digit of 1. */
  private static final double FAR = 38;

  /** From here on the continued fraction converges faster than the series. */
  private static final double TAIL = 3;

  private Normal() {}

  /** The probability of a value up to x, to about 15 digits. */
  static double cdf(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (Math.abs(x) >= FAR) {
      return x < 0 ? 0 : 1;
    }
    if (Math.abs(x) < TAIL) {
      return 0.5 + density(x) * series(x);
    }
    double tail = density(x) * fraction(Math.abs(x));
    return x < 0 ? tail : 1 - tail;
  }

  private static double density(double x) {
    return StrictMath.exp(-x * x / 2) / SQRT_2PI;
  }

  /** x + x³/3 + x⁵/(3·5) + …, Abramowitz and Stegun 26.2.11. */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int odd = 3; Math.abs(term) > Math.ulp(sum) / 2 && odd < 400; odd += 2) {
      term *= x * x / odd;
      sum += term;
    }
    return sum;
  }

  /** 1/(x + 1/(x + 2/(x + 3/(x + …)))), Abramowitz and Stegun 26.2.14. */
  private static double fraction(double x) {
    double below = x;
    for (int k = 150; k > 0; k--) {
      below = x + k / below;
    }
    return 1 / below;
  }
}
