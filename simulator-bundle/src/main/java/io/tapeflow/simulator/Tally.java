package io.tapeflow.simulator;

import io.tapeflow.api.simulator.VenueAccount;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The venue's counts of what came in. */
final class Tally {
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong pongs = new AtomicLong();
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong attempts = new AtomicLong();
  private final AtomicLong refusedAttempts = new AtomicLong();
  private final AtomicLong punished = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong refusedRequests = new AtomicLong();
  private final AtomicInteger mostPerSecond = new AtomicInteger();
  private final AtomicInteger mostStreams = new AtomicInteger();
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

  void attempt(boolean admitted) {
    attempts.incrementAndGet();
    if (!admitted) {
      refusedAttempts.incrementAndGet();
    }
  }

  /** One connection has sent so many messages within a second. */
  void messageRate(int perSecond) {
    mostPerSecond.accumulateAndGet(perSecond, Math::max);
  }

  void punished() {
    punished.incrementAndGet();
  }

  /** One connection is subscribed to so many streams. */
  void streams(int count) {
    mostStreams.accumulateAndGet(count, Math::max);
  }

  void request(boolean admitted) {
    requests.incrementAndGet();
    if (!admitted) {
      refusedRequests.incrementAndGet();
    }
  }

  VenueAccount.Usage usage(int restWeight) {
    return new VenueAccount.Usage(
        attempts.get(),
        refusedAttempts.get(),
        mostPerSecond.get(),
        punished.get(),
        mostStreams.get(),
        requests.get(),
        restWeight,
        refusedRequests.get());
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
