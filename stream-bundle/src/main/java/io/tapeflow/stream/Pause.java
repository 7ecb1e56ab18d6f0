package io.tapeflow.stream;

import io.tapeflow.tasks.Clock;
import java.time.Duration;

/** Whether a venue has told us to leave it alone for a time, and why. Safe for any thread. */
final class Pause {
  private final Clock clock;
  private long untilNanos;
  private String reason = "";

  Pause(Clock clock) {
    this.clock = clock;
  }

  /** Begins; a shorter pause does not end a longer one. Returns whether it is this one now. */
  synchronized boolean begin(Duration time, String why) {
    long until = clock.nanos() + time.toNanos();
    boolean longest = leftNanos() == 0 || until - untilNanos > 0;
    if (longest) {
      untilNanos = until;
      reason = why;
    }
    return longest;
  }

  /** For how many nanoseconds it must still be left alone; 0 if it need not be. */
  synchronized long leftNanos() {
    long left = untilNanos - clock.nanos();
    if (left <= 0) {
      reason = "";
    }
    return reason.isEmpty() ? 0 : left;
  }

  /** Why it must be left alone, in words; empty if it need not be. */
  synchronized String reason() {
    return leftNanos() > 0 ? reason : "";
  }
}
