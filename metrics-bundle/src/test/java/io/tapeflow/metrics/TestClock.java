package io.tapeflow.metrics;

import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands until it is told to go on. */
final class TestClock implements Clock {
  private final AtomicLong micros;

  TestClock(Instant start) {
    micros = new AtomicLong(ChronoUnit.MICROS.between(Instant.EPOCH, start));
  }

  void advance(Duration by) {
    micros.addAndGet(by.toNanos() / 1_000);
  }

  void advanceMillis(long millis) {
    advance(Duration.ofMillis(millis));
  }

  /** Has an origin of its own, as monotonic clocks do. */
  @Override
  public long nanos() {
    return micros.get() * 1_000 - Long.MAX_VALUE / 2;
  }

  @Override
  public long wallMicros() {
    return micros.get();
  }
}
