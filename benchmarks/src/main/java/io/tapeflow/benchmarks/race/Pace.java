package io.tapeflow.benchmarks.race;

/**
 * How fast a venue sends on each connection.
 *
 * @param perSecond trades a second; 0 for as many as the client takes
 * @param startNanos since when
 */
record Pace(long perSecond, long startNanos) {
  static final Pace IDLE = new Pace(-1, 0);

  /** From now on. */
  static Pace of(long perSecond) {
    return new Pace(perSecond, System.nanoTime());
  }

  boolean isIdle() {
    return perSecond < 0;
  }

  boolean isMax() {
    return perSecond == 0;
  }

  /** How many trades should have been sent by now. */
  long due() {
    return (long) ((System.nanoTime() - startNanos) * 1e-9 * perSecond);
  }
}
