package io.tapeflow.benchmarks.race;

import java.time.Clock;
import java.time.Instant;

/**
 * How fast a venue sends.
 *
 * @param perSecond trades a second; 0 for as many as the client takes
 * @param startNanos since when, by the monotonic clock
 * @param startMicros since when, by the wall clock, if trades are stamped with the time at which
 *     they are due: what holds the venue up then counts as latency; -1 if they are with the time at
 *     which they are sent
 */
record Pace(long perSecond, long startNanos, long startMicros) {
  static final Pace IDLE = new Pace(-1, 0, -1);

  /** From now on, each trade in a write of its own, stamped when it is sent. */
  static Pace of(long perSecond) {
    return new Pace(perSecond, System.nanoTime(), -1);
  }

  /** From now on, stamped when due; what is due at the same time is sent in one write. */
  static Pace punctual(long perSecond) {
    return perSecond == 0
        ? of(0)
        : new Pace(perSecond, System.nanoTime(), micros(Clock.systemUTC().instant()));
  }

  boolean isIdle() {
    return perSecond < 0;
  }

  boolean isMax() {
    return perSecond == 0;
  }

  boolean isPunctual() {
    return startMicros >= 0;
  }

  /**
   * How many trades should have been sent by now.
   *
   * @param share of all of this pace
   */
  long due(double share) {
    return (long) ((System.nanoTime() - startNanos) * 1e-9 * perSecond * share);
  }

  /** When a trade is due, the first of which is number 1, of a pace that is punctual. */
  long dueMicros(long number, double share) {
    return startMicros + (long) (number * 1e6 / (perSecond * share));
  }

  static long micros(Instant at) {
    return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
  }
}
