package io.tapeflow.benchmarks.race;

import java.time.Clock;

/** Stamps as a venue writes them: sixteen digits of microseconds. For one thread. */
final class VenueClock {
  private final byte[] digits = new byte[16];

  /** Makes the present time the stamp. */
  long stampNow() {
    return stamp(Pace.micros(Clock.systemUTC().instant()));
  }

  /** Makes a time the stamp. */
  long stamp(long micros) {
    Frames.digits(micros, digits.length, digits, 0);
    return micros;
  }

  byte[] digits() {
    return digits;
  }
}
