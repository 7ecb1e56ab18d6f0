package io.tapeflow.stream;

import io.tapeflow.tasks.Clock;
import java.time.Duration;

/**
 * Whether a venue that refused an upgrade wants no other for a time. All connectors of the process
 * heed it. Safe for any thread.
 */
final class AttemptPause {
  /**
   * No ban becomes longer by one attempt an hour, and no mistaken header keeps us away for days.
   */
  static final Duration MOST = Duration.ofHours(1);

  private final Clock clock;
  private long untilNanos;
  private String reason = "";

  AttemptPause(Clock clock) {
    this.clock = clock;
  }

  /** Begins; a shorter pause does not end a longer one. */
  synchronized void begin(Duration time, String why) {
    long until = clock.nanos() + time.toNanos();
    if (leftNanos() == 0 || until - untilNanos > 0) {
      untilNanos = until;
      reason = why;
    }
  }

  /** For how many nanoseconds there must be no attempt; 0 if there may be one. */
  synchronized long leftNanos() {
    long left = untilNanos - clock.nanos();
    if (left <= 0) {
      reason = "";
    }
    return reason.isEmpty() ? 0 : left;
  }

  /** Why there must be none, in words; empty if there may be one. */
  synchronized String reason() {
    return leftNanos() > 0 ? reason : "";
  }
}
