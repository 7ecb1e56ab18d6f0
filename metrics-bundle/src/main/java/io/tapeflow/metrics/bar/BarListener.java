package io.tapeflow.metrics.bar;

/** Follows {@link Bars} in line, on the thread that gives the trades. */
@FunctionalInterface
public interface BarListener {
  /**
   * A trade, or a part of one that is split over bars, has entered the forming bar.
   *
   * @param timeMicros time of the bars' clock, which does not go back
   * @param price fixed-point
   * @param quantity of the trade or the part, fixed-point
   * @param buy true if the aggressor bought
   * @param first false for the second and further parts of a trade
   */
  default void entered(long timeMicros, long price, long quantity, boolean buy, boolean first) {}

  /**
   * The forming bar has closed; the next trade goes to another one. Behind what {@link #entered}
   * it.
   *
   * @param bar the bar; already the newest of {@link Bars#closed(int)}
   */
  void closed(Bar bar);
}
