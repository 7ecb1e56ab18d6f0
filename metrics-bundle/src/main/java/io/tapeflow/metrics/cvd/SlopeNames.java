package io.tapeflow.metrics.cvd;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.metrics.window.Trend;
import java.util.List;

/** The metrics of one slope. */
record SlopeNames(
    String slope,
    String normalised,
    String r2,
    String t,
    String direction,
    String unit,
    String words) {

  /**
   * Of one slope.
   *
   * @param scope the last part of the names
   * @param step what a step is, {@code bar} or {@code s}
   * @param words over what it is taken
   */
  static SlopeNames of(String scope, String step, String words) {
    return new SlopeNames(
        "cvd.slope." + scope,
        "cvd.slope.normalised." + scope,
        "cvd.slope.r2." + scope,
        "cvd.slope.t." + scope,
        "cvd.slope.direction." + scope,
        step,
        words);
  }

  List<MetricInfo> infos(double leastR2) {
    return List.of(
        new MetricInfo(slope, "base/" + unit, "Slope of CVD " + words),
        new MetricInfo(
            normalised, "ratio", "Slope of CVD, of the mean volume per " + unit + ", " + words),
        new MetricInfo(r2, "ratio", "R-squared of that slope " + words),
        new MetricInfo(t, "ratio", "That slope in standard errors " + words),
        new MetricInfo(
            direction, "word", "UP or DOWN if R-squared is " + leastR2 + " or more, else FLAT"));
  }

  boolean areWanted(MetricReadout out) {
    return out.wants(slope)
        || out.wants(normalised)
        || out.wants(r2)
        || out.wants(t)
        || out.wants(direction);
  }

  void absent(String reason, MetricBasis basis, MetricReadout out) {
    for (String name : List.of(slope, normalised, r2, t, direction)) {
      out.absent(name, reason, basis);
    }
  }

  /**
   * Gives them.
   *
   * @param meanVolume per step, in base units
   */
  void give(Trend trend, double meanVolume, double leastR2, MetricBasis basis, MetricReadout out) {
    out.number(slope, trend.slope(), basis);
    if (meanVolume == 0) {
      out.absent(normalised, "No volume in it", basis);
    } else {
      out.number(normalised, trend.slope() / meanVolume, basis);
    }
    out.number(r2, trend.r2(), basis);
    if (Double.isInfinite(trend.t())) {
      out.absent(t, "All points lie on the line", basis);
    } else {
      out.number(t, trend.t(), basis);
    }
    out.word(direction, trend.direction(leastR2), basis);
  }
}
