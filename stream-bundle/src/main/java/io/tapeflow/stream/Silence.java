package io.tapeflow.stream;

/**
 * What is being found out about the silence of one instrument on one connection. The newest id that
 * the venue's REST knows is held against what the connection brought: one above it means a trade
 * that the stream did not carry. Where the connection has brought nothing yet, the first answer can
 * only be the mark for the next, for those trades may be older than the subscription. No clock of
 * the venue's is needed for that. Used by the control thread alone.
 */
final class Silence {
  enum Answer {
    /** The venue has no trade that did not come. */
    QUIET,
    /** The next answer will tell. */
    UNDECIDED,
    /** The venue has a trade that did not come, or not yet. */
    NEWER
  }

  private final Subscription subscription;
  private long known = -1;
  private boolean firm;
  private boolean asking;
  private long askedNanos;
  private long nextNanos;
  private long waitNanos;
  private BackfillPage doubted;
  private long verdictNanos;
  private int renewals;

  Silence(Subscription subscription) {
    this.subscription = subscription;
  }

  /** The venue has granted the subscription: what was printed before need not come. */
  void armed() {
    known = Math.max(known, subscription.feed().lastId());
    firm = false;
    doubted = null;
    nextNanos = 0;
  }

  /** What the newest id that REST knows says; -1 if it knows of no trade. */
  Answer weigh(long newestId) {
    if (subscription.hasDataSince(subscription.sinceNanos())) {
      known = Math.max(known, subscription.highestId());
      firm = true;
    }
    if (newestId <= known) {
      return Answer.QUIET;
    }
    if (!firm) {
      known = newestId;
      firm = true;
      return Answer.UNDECIDED;
    }
    return Answer.NEWER;
  }

  /** Whether it is time to ask, for an instrument that has long been silent. */
  boolean isDue(long nowNanos) {
    return !asking && doubted == null && (nextNanos == 0 || nowNanos - nextNanos >= 0);
  }

  void asked(long nowNanos) {
    if (subscription.hasDataSince(askedNanos)) {
      waitNanos = 0;
    }
    asking = true;
    askedNanos = nowNanos;
  }

  long askedNanos() {
    return askedNanos;
  }

  /** Asks again after a wait that doubles from answer to answer until data comes. */
  void later(long nowNanos, long firstNanos, long longestNanos) {
    asking = false;
    waitNanos = waitNanos == 0 ? firstNanos : Math.min(longestNanos, waitNanos * 2);
    nextNanos = nowNanos + waitNanos;
  }

  /** A trade is said to exist that did not come; it gets a little time to do so. */
  void doubt(BackfillPage newest, long untilNanos) {
    asking = false;
    doubted = newest;
    verdictNanos = untilNanos;
  }

  boolean isDoubted() {
    return doubted != null;
  }

  /** The trade that is said to exist. */
  BackfillPage doubted() {
    return doubted;
  }

  /** Drops the doubt if the stream has shown life since it was asked about. */
  void dropIfAlive() {
    if (subscription.hasDataSince(askedNanos)) {
      doubted = null;
      nextNanos = 0;
    }
  }

  boolean isProven(long nowNanos) {
    return doubted != null && nowNanos - verdictNanos >= 0;
  }

  /** Counts one more subscription because of the silence. */
  void renewed() {
    if (doubted != null) {
      known = Math.max(known, doubted.lastId());
    }
    doubted = null;
    renewals++;
  }

  int renewals() {
    return renewals;
  }

  /** Data has come again: it starts over. */
  void over() {
    renewals = 0;
  }
}
