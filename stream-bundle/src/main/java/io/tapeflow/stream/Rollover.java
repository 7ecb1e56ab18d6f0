package io.tapeflow.stream;

import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Replaces a live connection by a new one that is made before the old one is broken: decides when,
 * holds the new one, and knows when it carries everything that the old one does. Used by the
 * control thread, but where it says otherwise.
 */
final class Rollover {
  /** How long after a grant an instrument must have been silent on both to be taken as quiet. */
  private static final long WITNESS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RolloverGate gate;
  private final Duration life;
  private final Clock clock;
  private final DoubleSupplier random;
  private final Backoff backoff;

  private volatile Link next;
  private volatile String urgent = "";
  private volatile boolean failed;
  private volatile long notBeforeNanos;
  private volatile double share;
  private String reason = "";

  /**
   * When connections are replaced.
   *
   * @param after this long after they have become live
   * @param jitter up to this much earlier, so that several are spread
   */
  record Plan(Duration after, Duration jitter) {}

  /**
   * Creates one.
   *
   * @param life how long the venue lets a connection live
   * @param random from 0 to less than 1
   */
  Rollover(RolloverGate gate, Duration life, Clock clock, DoubleSupplier random) {
    this.gate = gate;
    this.life = life;
    this.clock = clock;
    this.random = random;
    this.backoff = new Backoff(random);
    this.share = random.getAsDouble();
  }

  /** The new connection while it is being made, or null. Any thread. */
  Link next() {
    return next;
  }

  /** In how many nanoseconds a live connection is due; none or less than none if it is now. */
  long dueInNanos(Link live, Plan plan) {
    long now = clock.nanos();
    long wait = failed ? notBeforeNanos - now : 0;
    if (!urgent.isEmpty()) {
      return wait;
    }
    // Always some time ahead of the venue's own limit, and never at once again.
    long after = Math.min(plan.after().toNanos(), lifeNanos());
    long jitter = Math.min(plan.jitter().toNanos(), after / 2);
    long due = live.attempt().connectedNanos() + after - (long) (jitter * share);
    return Math.max(wait, due - now);
  }

  private long lifeNanos() {
    return life.isZero() ? Long.MAX_VALUE : life.toNanos() / 24 * 23;
  }

  /** The connection must be replaced as soon as may be. Returns whether that is news. */
  boolean hurry(String why) {
    boolean news = urgent.isEmpty();
    urgent = why;
    return news;
  }

  /** Whether to begin now; who is told so keeps all others of the process waiting. */
  boolean mayBegin(Link live, Plan plan) {
    if (dueInNanos(live, plan) > 0) {
      gate.leave(this);
      return false;
    }
    return gate.enter(this);
  }

  void begin(Link made) {
    reason = urgent.isEmpty() ? "ahead of the venue's limit" : urgent;
    next = made;
  }

  /** Why the present one is made, in words. */
  String reason() {
    return reason;
  }

  /** The new connection has failed; another is tried after a wait. */
  Duration failed(Duration first, Duration longest) {
    Duration wait = backoff.next(first, longest);
    notBeforeNanos = clock.nanos() + wait.toNanos();
    failed = true;
    next = null;
    gate.leave(this);
    return wait;
  }

  /** The connection that was to be replaced is no more: everything starts over. */
  void end() {
    next = null;
    urgent = "";
    failed = false;
    share = random.getAsDouble();
    backoff.reset();
    gate.leave(this);
  }

  /** Whether all that the old connection brings comes on the new one as well, without a hole. */
  boolean isComplete(Link old) {
    Link made = next;
    return made != null
        && (made.inbound().hasData() || made.quiet().isQuiet())
        && missing(old, made).isEmpty();
  }

  /** An instrument that the new connection does not carry yet, or empty. Any thread. */
  String missing(Link old, Link made) {
    for (Subscription held : old.subscriptions().all()) {
      Subscription fresh = made.subscriptions().find(held.feed().instrument());
      if (!held.isRejected() && !carries(fresh, held)) {
        return held.symbol();
      }
    }
    return "";
  }

  /** Whether what an old subscription brings comes on a fresh one as well, without a hole. */
  boolean carries(Subscription fresh, Subscription old) {
    if (fresh != null && fresh.hasData()) {
      return fresh.lowestId() <= fresh.feed().lastId() + 1;
    }
    if (fresh == null || !fresh.isAcknowledged()) {
      return false;
    }
    // What is printed after the grant comes on the new one; the old one says that nothing was.
    return !old.hasDataSince(fresh.sinceNanos())
        && clock.nanos() - fresh.sinceNanos() >= WITNESS_NANOS;
  }
}
