package io.tapeflow.simulator;

/** The weight of requests in the current minute. */
final class WeightMeter {
  private static final long MINUTE_MICROS = 60_000_000;

  private final int limit;
  private long minute;
  private int used;

  WeightMeter(int limit) {
    this.limit = limit;
  }

  int limit() {
    return limit;
  }

  /** Adds a request's weight, and returns what has been used in this minute. */
  synchronized int use(int weight, long wallMicros) {
    long now = wallMicros / MINUTE_MICROS;
    if (now != minute) {
      minute = now;
      used = 0;
    }
    used += weight;
    return used;
  }

  /** Whole seconds until the minute is over. */
  static long secondsLeft(long wallMicros) {
    return (MINUTE_MICROS - wallMicros % MINUTE_MICROS + 999_999) / 1_000_000;
  }
}
