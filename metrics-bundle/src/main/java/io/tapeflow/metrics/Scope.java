package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricBasis;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.concurrent.TimeUnit;

/** Which part of a tape metrics are taken over: a window, or all since an anchor. */
@FunctionalInterface
interface Scope {
  /** All since the first trade known. */
  Scope START =
      (reading, now) -> Stretch.since(reading, reading.startMark(), reading.firstTime(), "");

  /** The last trade alone. */
  Scope LAST =
      (reading, now) ->
          new Stretch(reading, reading.after(now), MetricBasis.whole(reading.lastId(), now));

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
      long since = Math.max(from, reading.reach());
      String lack = since == from ? "" : "Covers " + seconds(now - since) + " of " + seconds + " s";
      return Stretch.since(reading, reading.markAt(from), since, lack);
    };
  }

  /** With one decimal, never rounded up to a whole that has not been reached. */
  private static String seconds(long micros) {
    return BigDecimal.valueOf(micros, 6).setScale(1, RoundingMode.DOWN).toString();
  }
}
