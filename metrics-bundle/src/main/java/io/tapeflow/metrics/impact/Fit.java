package io.tapeflow.metrics.impact;

/**
 * A straight line through points by least squares. The sums are made anew each time, so nothing
 * drifts.
 *
 * @param slope the line's; NaN if all x are alike (without an intercept: all are 0)
 * @param t slope through its standard error; NaN if there are too few points or no error
 */
public record Fit(double slope, double t) {

  /** Of a line through the origin. */
  public static Fit origin(double[] x, double[] y, int count) {
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < count; i++) {
      xx += x[i] * x[i];
      xy += x[i] * y[i];
    }
    if (xx == 0) {
      return new Fit(Double.NaN, Double.NaN);
    }
    double slope = xy / xx;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double residual = y[i] - slope * x[i];
      squares += residual * residual;
    }
    return new Fit(slope, t(slope, squares, count - 1, xx));
  }

  /** Of a line with an intercept. */
  public static Fit intercept(double[] x, double[] y, int count) {
    double meanX = mean(x, count);
    double meanY = mean(y, count);
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < count; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * (y[i] - meanY);
    }
    if (xx == 0) {
      return new Fit(Double.NaN, Double.NaN);
    }
    double slope = xy / xx;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double residual = y[i] - meanY - slope * (x[i] - meanX);
      squares += residual * residual;
    }
    return new Fit(slope, t(slope, squares, count - 2, xx));
  }

  static double mean(double[] numbers, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += numbers[i];
    }
    return sum / count;
  }

  private static double t(double slope, double squares, int freedom, double xx) {
    boolean known = freedom > 0 && squares > 0;
    return known ? slope / Math.sqrt(squares / freedom / xx) : Double.NaN;
  }
}
