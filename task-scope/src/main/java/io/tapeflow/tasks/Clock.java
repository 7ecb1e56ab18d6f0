package io.tapeflow.tasks;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Time, so that tests can replace it. */
public interface Clock {
  /** The machine's clocks. */
  Clock SYSTEM =
      new Clock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long wallMicros() {
          Instant now = java.time.Clock.systemUTC().instant();
          return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000;
        }
      };

  /** Monotonic nanoseconds, for durations and deadlines. */
  long nanos();

  /** Microseconds since the epoch, for showing and for comparing with a venue's time. */
  long wallMicros();

  /** The wall clock as an instant. */
  default Instant now() {
    return instant(wallMicros());
  }

  /** An instant from microseconds since the epoch. */
  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, java.time.temporal.ChronoUnit.MICROS);
  }
}
