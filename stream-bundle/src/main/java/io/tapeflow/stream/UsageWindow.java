package io.tapeflow.stream;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was used of a limit over time, and when: exact for every window up to the longest one asked
 * for. Its owner locks.
 */
final class UsageWindow {
  private final Deque<Use> uses = new ArrayDeque<>();
  private long longestNanos;

  private record Use(long atNanos, long weight) {}

  void use(long weight, long now) {
    uses.addLast(new Use(now, weight));
  }

  /** What was used within the window that ends now. */
  long used(long now, long windowNanos) {
    longestNanos = Math.max(longestNanos, windowNanos);
    while (!uses.isEmpty() && now - uses.peekFirst().atNanos >= longestNanos) {
      uses.removeFirst();
    }
    long used = 0;
    for (Use use : uses) {
      used += now - use.atNanos < windowNanos ? use.weight : 0;
    }
    return used;
  }

  /** In how many nanoseconds no more than so much will be used; 0 if it is so now. */
  long untilAtMost(long most, long now, long windowNanos) {
    long used = used(now, windowNanos);
    long wait = 0;
    for (Use use : uses) {
      if (used <= most) {
        break;
      }
      long left = windowNanos - (now - use.atNanos);
      if (left > 0) {
        used -= use.weight;
        wait = left;
      }
    }
    return wait;
  }
}
