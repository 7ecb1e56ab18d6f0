package io.tapeflow.simulator;

import java.util.concurrent.atomic.AtomicLong;

/** The venue's counts of what came in. */
final class Tally {
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong pongs = new AtomicLong();
  private final AtomicLong messages = new AtomicLong();
  private int upgraded;
  private int mostUpgraded;

  void accepted() {
    accepted.incrementAndGet();
  }

  void pong() {
    pongs.incrementAndGet();
  }

  void message() {
    messages.incrementAndGet();
  }

  synchronized void upgraded() {
    upgraded++;
    mostUpgraded = Math.max(mostUpgraded, upgraded);
  }

  synchronized void upgradedClosed() {
    upgraded--;
  }

  long acceptedCount() {
    return accepted.get();
  }

  long pongCount() {
    return pongs.get();
  }

  long messageCount() {
    return messages.get();
  }

  synchronized int mostUpgraded() {
    return mostUpgraded;
  }
}
