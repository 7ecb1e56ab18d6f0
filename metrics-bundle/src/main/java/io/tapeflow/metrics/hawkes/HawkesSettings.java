package io.tapeflow.metrics.hawkes;

import java.util.List;

/**
 * What intensities are computed with.
 *
 * @param halfLives in milliseconds, ascending
 * @param branching how many trades a trade brings about; below 1
 * @param baseSeconds half-life of the base rate
 */
record HawkesSettings(List<Integer> halfLives, double branching, int baseSeconds) {
  private static final double LN_2 = StrictMath.log(2);

  /** Decay per second of a half-life by its index; that of the base rate comes last. */
  double beta(int index) {
    double seconds = index < halfLives.size() ? halfLives.get(index) / 1_000.0 : baseSeconds;
    return LN_2 / seconds;
  }

  /** A half-life as it stands in names. */
  String label(int index) {
    int millis = halfLives.get(index);
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }
}
