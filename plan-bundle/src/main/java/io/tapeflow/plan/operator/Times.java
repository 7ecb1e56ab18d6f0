package io.tapeflow.plan.operator;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lengths of time in the unit of exchange time. */
final class Times {
  private Times() {}

  /** Microseconds, rounded up, so that nothing takes less than it should. */
  static long micros(Duration time) {
    return Math.addExact(
        TimeUnit.SECONDS.toMicros(time.getSeconds()), (time.getNano() + 999) / 1_000);
  }
}
