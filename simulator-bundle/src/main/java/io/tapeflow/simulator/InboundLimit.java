package io.tapeflow.simulator;

import java.util.ArrayDeque;
import java.util.Deque;

/** Admits a number of events within any window, and counts what there was. */
final class InboundLimit {
  private final int limit;
  private final long windowNanos;
  private final Deque<Long> times = new ArrayDeque<>();

  /** A limit; 0 admits everything. */
  InboundLimit(int limit, long windowNanos) {
    this.limit = limit;
    this.windowNanos = windowNanos;
  }

  /** Counts an event, and returns how many there were in the window that ends with it. */
  synchronized int count(long nowNanos) {
    while (!times.isEmpty() && nowNanos - times.peekFirst() > windowNanos) {
      times.removeFirst();
    }
    times.addLast(nowNanos);
    return times.size();
  }

  /** After how long the next event would be admitted if there were none until then. */
  synchronized long untilRoom(long nowNanos) {
    int tooMany = times.size() - limit + 1;
    if (limit == 0 || tooMany <= 0) {
      return 0;
    }
    long last = times.stream().skip(tooMany - 1L).findFirst().orElseThrow();
    return Math.max(0, last + windowNanos + 1 - nowNanos);
  }

  boolean admits(int counted) {
    return limit == 0 || counted <= limit;
  }
}
