package io.tapeflow.stream;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The waits between attempts: doubling up to a cap, and each drawn at random from the upper half of
 * its range, so that many clients do not come back at once and none comes back at once. Used by one
 * thread.
 */
final class Backoff {
  private static final int MAX_DOUBLINGS = 20;

  private final DoubleSupplier random;
  private int failures;

  /**
   * Creates one that starts over.
   *
   * @param random from 0 to less than 1
   */
  Backoff(DoubleSupplier random) {
    this.random = random;
  }

  Duration next(Duration first, Duration longest) {
    int doublings = Math.min(failures, MAX_DOUBLINGS);
    long ceiling = Math.min(longest.toMillis(), first.toMillis() << doublings);
    failures++;
    return Duration.ofMillis(ceiling / 2 + Math.round(random.getAsDouble() * (ceiling / 2.0)));
  }

  void reset() {
    failures = 0;
  }
}
