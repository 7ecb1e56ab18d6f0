package io.tapeflow.stream;

import io.tapeflow.api.stream.InstrumentState;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One instrument on one connection: how far the venue has gone in granting it, and what has come of
 * it. The I/O thread tells it of data, the control thread of all else; any thread may read it.
 */
final class Subscription {
  /** The longest recent interval fades by this part with each trade. */
  private static final int FADING = 64;

  private final InstrumentFeed feed;
  private final long generation;
  private final Silence silence;

  // One writer, so that ordered writes will do: they cost next to nothing on the way of a trade.
  private final AtomicLong lowestId = new AtomicLong(-1);
  private final AtomicLong highestId = new AtomicLong(-1);
  private final AtomicLong dataNanos = new AtomicLong();
  private final AtomicLong usualNanos = new AtomicLong();

  private volatile boolean acknowledged;
  private volatile long sinceNanos;
  private volatile String rejection = "";
  private volatile Finding finding;

  /** What was found out about a silence. It holds until data comes. */
  private record Finding(InstrumentState state, String reason, long atNanos) {}

  /**
   * Creates one that is being asked for.
   *
   * @param generation the number of the connection, from 1
   */
  Subscription(InstrumentFeed feed, long generation, long nowNanos) {
    this.feed = feed;
    this.generation = generation;
    this.sinceNanos = nowNanos;
    this.silence = new Silence(this);
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

  /** What is being found out about its silence. For the control thread alone. */
  Silence silence() {
    return silence;
  }

  /** It is asked for again. */
  void renewed(long nowNanos) {
    acknowledged = false;
    sinceNanos = nowNanos;
    feed.subscribedAnew();
  }

  void acknowledged(long nowNanos) {
    sinceNanos = nowNanos;
    acknowledged = true;
    silence.armed();
  }

  boolean isAcknowledged() {
    return acknowledged;
  }

  void rejected(String reason) {
    rejection = reason;
  }

  boolean isRejected() {
    return !rejection.isEmpty();
  }

  /** Something has come that had the given id. */
  void carried(long id, long nowNanos) {
    if (id > highestId.getPlain()) {
      highestId.setRelease(id);
    }
    long lowest = lowestId.getPlain();
    if (lowest < 0 || id < lowest) {
      lowestId.setRelease(id);
    }
    carried(nowNanos);
  }

  /** Something has come, if only a trade that cannot be used. */
  void carried(long nowNanos) {
    long before = dataNanos.getPlain();
    if (nowNanos == before) {
      return;
    }
    if (before != 0) {
      long usual = usualNanos.getPlain();
      usualNanos.setRelease(Math.max(nowNanos - before, usual - usual / FADING));
    }
    dataNanos.setRelease(nowNanos);
  }

  boolean hasData() {
    return dataNanos.getAcquire() != 0;
  }

  /** Whether anything has come after a time. */
  boolean hasDataSince(long nanos) {
    long last = dataNanos.getAcquire();
    return last != 0 && last - nanos > 0;
  }

  /** The lowest id that this connection brought, or -1. */
  long lowestId() {
    return lowestId.getAcquire();
  }

  /** The highest id that this connection brought, or -1. */
  long highestId() {
    return highestId.getAcquire();
  }

  /** When it was asked for or granted, whichever came last. */
  long sinceNanos() {
    return sinceNanos;
  }

  /** When it last showed life: data, or the grant. */
  long aliveNanos() {
    long last = dataNanos.getAcquire();
    return last != 0 && last - sinceNanos > 0 ? last : sinceNanos;
  }

  /** About the longest of its recent intervals without data; 0 if there are none. */
  long usualNanos() {
    return usualNanos.getAcquire();
  }

  /** Says what its silence means, until data comes. */
  void found(InstrumentState state, String reason, long nowNanos) {
    finding = new Finding(state, reason, nowNanos);
  }

  InstrumentState state() {
    if (isRejected()) {
      return InstrumentState.REJECTED;
    }
    Finding found = standing();
    if (found != null) {
      return found.state;
    }
    if (hasData()) {
      return InstrumentState.LIVE;
    }
    return acknowledged ? InstrumentState.WAITING_FOR_DATA : InstrumentState.SUBSCRIBING;
  }

  /** The state in words; may be empty. */
  String reason() {
    if (isRejected()) {
      return rejection;
    }
    Finding found = standing();
    return found == null ? "" : found.reason;
  }

  private Finding standing() {
    Finding found = finding;
    return found == null || hasDataSince(found.atNanos) ? null : found;
  }
}
