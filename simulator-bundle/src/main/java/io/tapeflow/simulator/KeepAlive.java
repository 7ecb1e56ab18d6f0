package io.tapeflow.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The venue's pings on one connection, and which of them have been answered. */
final class KeepAlive {
  private static final int UNANSWERED_INTERVALS = 3;

  private record Ping(String payload, long sentNanos) {}

  private final long intervalNanos;
  private final Deque<Ping> unanswered = new ArrayDeque<>();
  private long lastNanos;

  KeepAlive(Duration interval, long nowNanos) {
    this.intervalNanos = interval.toNanos();
    this.lastNanos = nowNanos;
  }

  /** Whether a ping has waited too long for its pong. */
  synchronized boolean expired(long nowNanos) {
    return !unanswered.isEmpty()
        && nowNanos - unanswered.peekFirst().sentNanos() > UNANSWERED_INTERVALS * intervalNanos;
  }

  /** Whether it is time for a ping with this payload; if so, it counts as sent. */
  synchronized boolean due(long nowNanos, String payload) {
    if (nowNanos - lastNanos < intervalNanos) {
      return false;
    }
    lastNanos = nowNanos;
    unanswered.addLast(new Ping(payload, nowNanos));
    return true;
  }

  /** A pong has come. It answers the ping whose payload it copies, and those before. */
  synchronized void answered(String payload) {
    if (unanswered.stream().noneMatch(ping -> ping.payload().equals(payload))) {
      return;
    }
    boolean found = false;
    while (!found) {
      found = unanswered.removeFirst().payload().equals(payload);
    }
  }
}
