package io.tapeflow.stream;

import io.tapeflow.tasks.Clock;
import java.util.concurrent.TimeUnit;

/**
 * The wall clock at moments of the monotonic one, so that a message costs one look at a clock and
 * not two. A clock that is set is followed within a hundredth of a second. For one thread.
 */
final class WallTime {
  private static final long FOLLOWED_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Clock clock;
  private long baseNanos;
  private long baseMicros = -1;

  WallTime(Clock clock) {
    this.clock = clock;
  }

  /** Microseconds since the epoch at a moment that has just been. */
  long at(long nanos) {
    if (baseMicros < 0 || nanos - baseNanos >= FOLLOWED_NANOS) {
      baseNanos = nanos;
      baseMicros = clock.wallMicros();
    }
    return baseMicros + (nanos - baseNanos) / 1_000;
  }
}
