package io.tapeflow.metrics.profile;

import io.tapeflow.metrics.Wide;
import java.util.ArrayList;
import java.util.List;

/**
 * High and low volume nodes: where the profile, smoothed by a Gaussian kernel over rows, has a
 * local maximum that is not below its mean, and where it is lowest between two of those. The kernel
 * ends at three bandwidths; rows outside the profile count as 0. Of equal rows the lowest counts.
 *
 * @param high indexes of rows, ascending
 * @param low indexes of rows, ascending
 * @param density of each row, smoothed, as a part of the greatest
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and handed to its one caller alone
record Nodes(List<Integer> high, List<Integer> low, double[] density) {
  /**
   * The nodes of a profile.
   *
   * @param volumes two longs for each row, at least one row
   * @param bandwidth in rows; positive
   */
  static Nodes of(long[] volumes, int bandwidth) {
    double[] density = density(volumes, bandwidth);
    double mean = 0;
    for (double value : density) {
      mean += value / density.length;
    }
    List<Integer> high = new ArrayList<>();
    List<Integer> low = new ArrayList<>();
    for (int i = 0; i < density.length; i++) {
      if (density[i] >= mean && isMaximum(density, i)) {
        if (!high.isEmpty()) {
          low.add(lowest(density, high.get(high.size() - 1), i));
        }
        high.add(i);
      }
    }
    return new Nodes(high, low, density);
  }

  private static double[] density(long[] volumes, int bandwidth) {
    int rows = volumes.length / 2;
    int reach = 3 * bandwidth;
    double[] weights = new double[reach + 1];
    for (int i = 0; i <= reach; i++) {
      double distance = (double) i / bandwidth;
      // The strict one gives the same digits on every machine.
      weights[i] = StrictMath.exp(-distance * distance / 2);
    }
    double[] density = new double[rows];
    for (int row = 0; row < rows; row++) {
      double volume = Wide.doubleValue(volumes, 2 * row);
      if (volume > 0) {
        for (int i = Math.max(0, row - reach); i <= Math.min(rows - 1, row + reach); i++) {
          density[i] += volume * weights[Math.abs(i - row)];
        }
      }
    }
    double greatest = 0;
    for (double value : density) {
      greatest = Math.max(greatest, value);
    }
    for (int i = 0; i < rows; i++) {
      density[i] /= greatest;
    }
    return density;
  }

  /** Higher than before, and what follows goes down first. */
  private static boolean isMaximum(double[] density, int at) {
    if (at > 0 && density[at - 1] >= density[at]) {
      return false;
    }
    int next = at + 1;
    while (next < density.length && density[next] == density[at]) {
      next++;
    }
    return next == density.length || density[next] < density[at];
  }

  private static int lowest(double[] density, int from, int to) {
    int lowest = from;
    for (int i = from; i <= to; i++) {
      if (density[i] < density[lowest]) {
        lowest = i;
      }
    }
    return lowest;
  }
}
