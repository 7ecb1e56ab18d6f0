package io.tapeflow.metrics.footprint;

import io.tapeflow.metrics.bar.Bar;

/** Follows {@link Footprints} in line, on the thread that gives the trades. */
public interface FootprintListener {
  /**
   * A trade has entered the forming bar: a later one than all in the bars that were closed before.
   *
   * @param timeMicros time of the bars' clock
   * @param price fixed-point
   */
  void entered(long timeMicros, long price);

  /**
   * The forming bar has closed.
   *
   * @param bar the bar
   * @param footprint of the bar, good until the next one closes; empty if nothing was traded
   */
  void closed(Bar bar, Ladder footprint);
}
