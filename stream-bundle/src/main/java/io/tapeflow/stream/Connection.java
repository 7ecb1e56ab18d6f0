package io.tapeflow.stream;

import io.tapeflow.api.stream.BudgetStatus;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The one connection that a connector has to its venue, over all the sockets that it takes: makes
 * it, replaces what fails or is due, and is never at more than one, planned rollover apart.
 *
 * <p>The control thread makes every decision and owns the state below; the I/O threads and the
 * watchdog tell what happened.
 */
final class Connection implements Link.Owner, DataWatch.Owner, Verdicts.Owner {
  private static final long POLITE_CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Control control;
  private final Supplier<StreamSettings> settings;
  private final Roster roster;
  private final AttemptGate attempts;
  private final Rollover rollover;
  private final Runnable onRelease;
  private final ConnectionLog log;
  private final Clock clock;
  private final String endpoint;
  private final Links links;
  private final Verdicts verdicts;
  private final Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());

  private volatile Link link;
  private Future<?> retry;

  /**
   * Creates one that has yet to be made.
   *
   * @param onRelease called when trades were released
   */
  Connection(
      Link.Kit kit,
      Supplier<StreamSettings> settings,
      AttemptGate attempts,
      Rollover rollover,
      Control control,
      ConnectionLog log,
      Runnable onRelease) {
    this.control = control;
    this.settings = settings;
    this.roster = kit.roster();
    this.attempts = attempts;
    this.rollover = rollover;
    this.onRelease = onRelease;
    this.log = log;
    this.clock = kit.clock();
    this.endpoint = kit.endpoint().toString();
    this.links = new Links(kit, log, this);
    this.verdicts = new Verdicts(log, settings, this);
  }

  // ---- any thread ----

  /** The connection in use, or the attempt at one; null if there is none. */
  Link inUse() {
    return link;
  }

  /** The connection that is to replace the one in use, while it is being made; or null. */
  Link replacement() {
    return rollover.next();
  }

  int openSockets() {
    return links.openSockets();
  }

  /** When it will be replaced ahead of the venue's limit; null unless it is live. */
  Duration rolloverIn() {
    Link current = link;
    return current != null && current.isLive()
        ? Duration.ofNanos(rollover.dueInNanos(current, settings.get().rollover()))
        : null;
  }

  /** What is used of the limits on the connection in use; empty without one. */
  List<BudgetStatus> budgets(Limits limits) {
    Link current = link;
    return current == null
        ? List.of()
        : List.of(
            current.requests().status(),
            new BudgetStatus(
                "streams",
                "connection " + current.attempt().generation(),
                current.subscriptions().all().size(),
                limits.streamsPerConnection(),
                Duration.ZERO,
                null,
                ""));
  }

  /** Closes every socket, politely; the control thread may be at work still. */
  void close() {
    attempts.leave();
    links.close(POLITE_CLOSE_NANOS);
  }

  /** After the control thread has ended: what it was about to begin goes as well. */
  void closed() {
    links.close(POLITE_CLOSE_NANOS);
    rollover.end();
  }

  // ---- watchdog thread ----

  /** Ends what is overdue or has dried up, even if the other threads are stuck. */
  void judge() {
    long now = clock.nanos();
    Link current = link;
    if (current != null) {
      verdicts.judge(current, now);
    }
    Link next = rollover.next();
    if (next != null && next != current) {
      verdicts.judgeNext(next, now);
    }
  }

  @Override
  public void condemned(Link condemned) {
    control.decide(() -> replace(condemned));
  }

  @Override
  public void rolloverOverdue(Link overdue) {
    control.decide(() -> rolloverFailed(overdue));
  }

  // ---- control thread ----

  /** The instruments are known or have changed. */
  void follow() {
    if (!roster.hasInstruments()) {
      drop();
      log.refused(roster.whyNone());
    } else if (link != null) {
      opened(link);
      if (rollover.next() != null) {
        opened(rollover.next());
      }
    } else if (retry == null) {
      connect();
    }
  }

  /** Leaves the present attempt or connection and begins anew. */
  void renew() {
    log.note("reconnect by hand");
    drop();
    connect();
  }

  private void connect() {
    retry = null;
    Duration wait = attempts.ask();
    if (!wait.isZero()) {
      log.waitingForTurn(wait, attempts.reason());
      retry = control.later(this::connect, wait.toNanos());
      return;
    }
    link = links.make(settings.get().connectTimeout());
    log.connecting(endpoint);
    if (!link.open()) {
      drop();
    }
  }

  @Override
  public void opened(Link opened) {
    opened.follow();
    if (opened == link) {
      carry();
    }
  }

  /** Makes the present connection the one that the instruments are said to be on. */
  private void carry() {
    for (InstrumentFeed feed : roster.feeds().all()) {
      feed.carriedBy(link == null ? null : link.subscriptions().find(feed.instrument()));
    }
  }

  @Override
  public void allRefused(Link refused, String reason) {
    if (refused.attempt().isOpen()) {
      ended(refused, new Faults(ErrorKind.REJECTED, reason));
    }
  }

  @Override
  public void goingAway(Link leaving, String notice) {
    if (leaving == link && leaving.isLive()) {
      String words = "the venue says " + notice;
      if (rollover.hurry(words)) {
        log.note(words);
      }
    } else {
      ended(leaving, new Faults(ErrorKind.CLOSED, "the venue shuts down: " + notice));
    }
  }

  @Override
  public void ended(Link gone, Faults fault) {
    Attempt attempt = gone.attempt();
    if (!fault.pause().isZero()) {
      attempts.pause(fault.pause(), fault.message());
    }
    if (gone == link) {
      if (attempt.settle(Attempt.Outcome.FAILED)) {
        log.attemptFailed(fault, attempt.phase());
      } else if (gone.isLive()) {
        log.lost(fault);
      }
      replace(gone);
    } else if (gone == rollover.next()) {
      if (attempt.settle(Attempt.Outcome.FAILED)) {
        log.rolloverFailed(fault, attempt.phase());
      }
      rolloverFailed(gone);
    } else {
      attempt.release();
    }
  }

  /** Gives a connection up for the one that was to replace it, or arranges the next attempt. */
  private void replace(Link given) {
    if (given != link) {
      return;
    }
    Link next = rollover.next();
    if (next != null && next.attempt().isOpen()) {
      given.attempt().release();
      promote(next);
      return;
    }
    Attempt attempt = given.attempt();
    boolean stable =
        given.isLive()
            && clock.nanos() - attempt.connectedNanos() >= settings.get().stableAfter().toNanos();
    if (stable) {
      backoff.reset();
    }
    drop();
    Duration wait =
        backoff
            .next(settings.get().firstBackoff(), settings.get().longestBackoff())
            .plus(attempts.paused());
    log.backingOff(wait);
    retry = control.later(this::connect, wait.toNanos());
  }

  /** Leaves the present attempt or connection, its replacement, and any wait for the next. */
  private void drop() {
    if (retry != null) {
      retry.cancel(false);
      retry = null;
    }
    attempts.leave();
    links.giveUp(rollover.next());
    rollover.end();
    Link current = link;
    link = null;
    links.giveUp(current);
    carry();
  }

  /** Replaces the connection in use if it is due, as far as that can go on now. */
  void rollOver() {
    Link current = link;
    if (current == null || !current.isLive()) {
      return;
    }
    if (rollover.next() != null) {
      if (rollover.isComplete(current)) {
        handOver(current, rollover.next());
      }
    } else if (!rollover.mayBegin(current, settings.get().rollover())) {
      attempts.leave();
    } else if (attempts.ask().isZero()) {
      prepare();
    }
  }

  /** Begins to make the connection that is to replace the one in use. */
  private void prepare() {
    Link next = links.make(settings.get().connectTimeout());
    rollover.begin(next);
    log.rolloverBegun();
    if (!next.open()) {
      links.giveUp(next);
      rollover.end();
    }
  }

  /** Goes on with the new connection and closes the old one. */
  private void handOver(Link old, Link next) {
    if (next.attempt().connected(clock.nanos())) {
      link = next;
      carry();
      log.rolledOver(rollover.reason());
      rollover.end();
      old.retire(POLITE_CLOSE_NANOS);
    }
  }

  /** The old connection has gone before the new one was complete. */
  private void promote(Link next) {
    rollover.end();
    link = next;
    carry();
    log.takenOver(next.attempt().phase());
    if (next.inbound().hasData()) {
      firstTrade(next);
    }
  }

  private void rolloverFailed(Link failed) {
    failed.attempt().release();
    if (failed == rollover.next()) {
      rollover.failed(settings.get().firstBackoff(), settings.get().longestBackoff());
    }
  }

  /** A market that rests is live once that is known, and so is its replacement. */
  void checkQuiet() {
    long idleNanos = settings.get().idleTimeout().toNanos();
    Link current = link;
    if (current == null) {
      return;
    }
    current.checkQuiet(idleNanos);
    if (!current.isLive()
        && current.quiet().isQuiet()
        && current.attempt().connected(clock.nanos())) {
      log.live("subscribed, and the market is quiet");
    }
    Link next = rollover.next();
    if (next != null) {
      next.checkQuiet(idleNanos);
    }
  }

  @Override
  public void renewed(String words) {
    log.silent(words);
  }

  @Override
  public void dead(Link link, String words) {
    if (link.attempt().stall()) {
      log.lost(new Faults(ErrorKind.IDLE, words));
      replace(link);
    }
  }

  // ---- I/O threads ----

  @Override
  public void decide(Runnable decision) {
    control.decide(decision);
  }

  @Override
  public boolean isOpen() {
    return control.isOpen();
  }

  @Override
  public void reached(Link connecting, ConnectionPhase phase) {
    if (connecting == link) {
      log.reached(phase);
    }
  }

  @Override
  public void firstTrade(Link live) {
    if (live == link && live.attempt().connected(clock.nanos())) {
      log.live("trades flow");
    }
  }

  @Override
  public void released() {
    onRelease.run();
  }

  @Override
  public void malformed(String reason) {
    log.malformed(reason);
  }
}
