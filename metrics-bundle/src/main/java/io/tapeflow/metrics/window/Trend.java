package io.tapeflow.metrics.window;

/**
 * The straight line through equally spaced points by least squares. Computed anew from centred
 * numbers each time, so there is nothing that could drift: its relative error is of the order of
 * the number of points x 1e-16, whatever the numbers were counted from.
 *
 * @param slope per step
 * @param r2 share of the variation that the line explains, 0 to 1; 0 if there is no variation
 * @param t slope in standard errors; infinite if all points lie on a line that is not level, not a
 *     number with fewer than three points
 */
public record Trend(double slope, double r2, double t) {
  /** The least number of points of which there is more to say than that two make a line. */
  public static final int LEAST_POINTS = 3;

  /** The line through points; of fewer than two, a level one. */
  public static Trend of(double[] points) {
    int n = points.length;
    double sum = 0;
    for (double point : points) {
      sum += point - points[0];
    }
    double mean = sum / n;
    double middle = (n - 1) / 2.0;
    double products = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double off = points[i] - points[0] - mean;
      products += (i - middle) * off;
      squares += off * off;
    }
    double steps = n * ((double) n * n - 1) / 12;
    double slope = n < 2 ? 0 : products / steps;
    double r2 = squares == 0 ? 0 : Math.min(1, slope * slope * steps / squares);
    return new Trend(slope, r2, t(points, slope, mean, steps));
  }

  private static double t(double[] points, double slope, double mean, double steps) {
    int n = points.length;
    if (n < LEAST_POINTS) {
      return Double.NaN;
    }
    double middle = (n - 1) / 2.0;
    double residuals = 0;
    for (int i = 0; i < n; i++) {
      double residual = points[i] - points[0] - mean - slope * (i - middle);
      residuals += residual * residual;
    }
    return slope == 0 ? 0 : slope / Math.sqrt(residuals / (n - 2) / steps);
  }

  /** UP or DOWN if the line explains enough, else FLAT. */
  public String direction(double leastR2) {
    if (slope == 0 || r2 < leastR2) {
      return "FLAT";
    }
    return slope > 0 ? "UP" : "DOWN";
  }
}
