package io.tapeflow.simulator;

import java.util.concurrent.TimeUnit;

/** The weight of REST requests in the current window, and what becomes of too much of it. */
final class WeightMeter {
  /** Refusals that a client may get within a window before it is banned. */
  private static final int PATIENCE = 3;

  enum Verdict {
    ADMITTED,
    TOO_MUCH,
    BANNED
  }

  /**
   * What becomes of a request.
   *
   * @param used weight within the window, this request included
   * @param secondsLeft until the next request may be admitted, if this one was not
   */
  record Reading(int used, Verdict verdict, long secondsLeft) {}

  private final int limit;
  private final long windowMicros;
  private final long banMicros;
  private long window;
  private int used;
  private int refused;
  private long bannedUntil;

  WeightMeter(AccessLimits limits) {
    this.limit = limits.restWeight();
    this.windowMicros = TimeUnit.NANOSECONDS.toMicros(limits.restWindow().toNanos());
    this.banMicros = TimeUnit.NANOSECONDS.toMicros(limits.ban().toNanos());
  }

  int limit() {
    return limit;
  }

  /** Adds a request's weight. */
  synchronized Reading use(int weight, long wallMicros) {
    long now = wallMicros / windowMicros;
    if (now != window) {
      window = now;
      used = 0;
      refused = 0;
    }
    used += weight;
    if (wallMicros < bannedUntil) {
      return new Reading(used, Verdict.BANNED, seconds(bannedUntil - wallMicros));
    }
    if (used <= limit) {
      return new Reading(used, Verdict.ADMITTED, 0);
    }
    refused++;
    if (refused > PATIENCE) {
      bannedUntil = wallMicros + banMicros;
      return new Reading(used, Verdict.BANNED, seconds(banMicros));
    }
    return new Reading(used, Verdict.TOO_MUCH, seconds(windowMicros - wallMicros % windowMicros));
  }

  /** Weight used in the current window. */
  synchronized int used(long wallMicros) {
    return wallMicros / windowMicros == window ? used : 0;
  }

  private static long seconds(long micros) {
    return (micros + 999_999) / 1_000_000;
  }
}
