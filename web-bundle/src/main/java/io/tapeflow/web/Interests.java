package io.tapeflow.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What is wanted by anyone, also by those who left a moment ago: their events are still made, so
 * that they find them when they come back.
 */
final class Interests {
  static final Duration LINGER = Duration.ofSeconds(60);

  private static final int MOST_LINGERING = 50;

  private final Map<Wish, Interest> interests = new HashMap<>();

  /** Who wants a thing, since which event it has been made, and since when nobody is there. */
  private record Interest(int clients, long since, long leftNanos) {}

  /** A client has come. */
  synchronized void add(Wish wish, long lastNumber) {
    interests.merge(
        wish,
        new Interest(1, lastNumber, 0),
        (old, one) -> new Interest(old.clients() + 1, old.since(), 0));
  }

  /** A client has gone. */
  synchronized void remove(Wish wish, long nanos) {
    interests.computeIfPresent(
        wish, (same, old) -> new Interest(old.clients() - 1, old.since(), nanos));
  }

  /** Whether events that a wish is about have all been made since the one with this number. */
  synchronized boolean covers(Wish wish, long number) {
    Interest interest = interests.get(wish);
    return interest != null && number >= interest.since();
  }

  /** What is wanted now. */
  synchronized Set<Wish> wishes(long nanos) {
    interests
        .values()
        .removeIf(it -> it.clients() == 0 && nanos - it.leftNanos() > LINGER.toNanos());
    long lingering = interests.values().stream().filter(it -> it.clients() == 0).count();
    if (lingering > MOST_LINGERING) {
      interests.values().removeIf(it -> it.clients() == 0);
    }
    return Set.copyOf(interests.keySet());
  }
}
