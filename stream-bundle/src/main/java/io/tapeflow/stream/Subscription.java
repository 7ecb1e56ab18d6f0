package io.tapeflow.stream;

import io.tapeflow.api.stream.InstrumentState;

/**
 * One instrument on one connection: how far the venue has gone in granting it. Written by the
 * control thread, and by the I/O thread when data comes; read by any.
 */
final class Subscription {
  private final InstrumentFeed feed;
  private final long generation;
  private volatile boolean acknowledged;
  private volatile boolean hasData;
  private volatile String rejection = "";

  /**
   * Creates one that has yet to be asked for.
   *
   * @param generation the number of the connection, from 1
   */
  Subscription(InstrumentFeed feed, long generation) {
    this.feed = feed;
    this.generation = generation;
  }

  InstrumentFeed feed() {
    return feed;
  }

  String symbol() {
    return feed.instrument().symbol();
  }

  long generation() {
    return generation;
  }

  void acknowledged() {
    acknowledged = true;
  }

  void rejected(String reason) {
    rejection = reason;
  }

  boolean isRejected() {
    return !rejection.isEmpty();
  }

  /** A trade has come. */
  void carried() {
    if (!hasData) {
      hasData = true;
    }
  }

  InstrumentState state() {
    if (isRejected()) {
      return InstrumentState.REJECTED;
    }
    if (hasData) {
      return InstrumentState.LIVE;
    }
    return acknowledged ? InstrumentState.WAITING_FOR_DATA : InstrumentState.SUBSCRIBING;
  }

  /** Why the venue refused it; empty if it did not. */
  String reason() {
    return rejection;
  }
}
