package io.tapeflow.metrics;

import io.tapeflow.tasks.Clock;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** Which part of a tape metrics are taken over: a window, or all since an anchor. */
@FunctionalInterface
interface Scope {
  /** All since the first trade known. */
  Scope START =
      (reading, now) ->
          new Stretch(
              reading, reading.all(), micros(now - reading.firstTime()), "", reading.isComplete());

  /** All since 00:00 UTC. */
  Scope SESSION = Scope::session;

  /** The last trade alone. */
  Scope LAST =
      (reading, now) ->
          new Stretch(reading, reading.after(now), Duration.ZERO, "", !reading.isGapOpen());

  /**
   * That part of a tape.
   *
   * @param reading the tape
   * @param now exchange time at which the part ends, microseconds; not before the last trade
   */
  Stretch of(FlowReading reading, long now);

  /** The latest so many seconds. */
  static Scope window(int seconds) {
    long length = TimeUnit.SECONDS.toMicros(seconds);
    return (reading, now) -> {
      long from = now - length;
      long covered = Math.min(length, now - reading.reach());
      String lack = covered == length ? "" : "Covers " + seconds(covered) + " of " + seconds + " s";
      return new Stretch(
          reading, reading.after(from), micros(covered), lack, reading.isCompleteAfter(from));
    };
  }

  private static Stretch session(FlowReading reading, long now) {
    long start = FlowReading.sessionStart(now);
    long first = reading.firstTime();
    // A trade from before midnight is known, so all since midnight are.
    boolean covered = first < start;
    return new Stretch(
        reading,
        reading.session(now),
        micros(now - Math.max(start, first)),
        covered ? "" : "Covers the session since " + Clock.instant(first) + " only",
        reading.isCompleteAfter(start - 1));
  }

  private static Duration micros(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  /** With one decimal, never rounded up to a whole that has not been reached. */
  private static String seconds(long micros) {
    return BigDecimal.valueOf(micros, 6).setScale(1, RoundingMode.DOWN).toString();
  }
}
