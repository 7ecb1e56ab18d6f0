package io.tapeflow.stream;

import io.tapeflow.api.stream.BudgetStatus;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.task.CloseReport;
import io.tapeflow.api.trade.TradeHistory;
import io.tapeflow.api.venue.VenueProtocol;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.TaskScope;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one connection to a venue alive for ever: connects, subscribes, replaces what fails.
 *
 * <p>Three kinds of threads meet here. The <em>control</em> thread makes every decision and owns
 * the state below; the <em>I/O</em> threads read frames into the feeds; the <em>watchdog</em>
 * shares nothing with them and passes the verdict on an attempt that is overdue or a connection
 * without data, even if both of the others are stuck.
 */
final class Connector
    implements TradeStream, Roster.Owner, Link.Owner, DataWatch.Owner, Verdicts.Owner {
  private static final long TEND_MILLIS = 50;
  private static final long CLAIM_CHECK_MILLIS = 1_000;
  private static final long CLOCK_CHECK_MILLIS = 1_000;
  private static final long POLITE_CLOSE_MILLIS = 500;
  private static final long POLITE_CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(POLITE_CLOSE_MILLIS);
  private static final Duration OVERLAP = Duration.ofSeconds(1);

  private final VenueProtocol protocol;
  private final Delivery delivery;
  private final Clock clock;
  private final TaskScope scope;
  private final ConnectionLog log;
  private final Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
  private final URI streamEndpoint;
  private final URI restEndpoint;

  private volatile StreamSettings settings;
  private volatile Link link;
  private volatile boolean closed;

  private final ScheduledExecutorService control;
  private final Transport transport;
  private final Roster roster;
  private final AttemptGate attempts;
  private final RestClient rest;
  private final VenueTime venueTime;
  private final Repairer repairer;
  private final Watchdog watchdog;
  private final MarketProbe probe;
  private final DataWatch dataWatch;
  private final Rollover rollover;
  private final Verdicts verdicts;
  private final Links links;
  private Future<?> retry;

  Connector(
      StreamSettings settings,
      VenueProtocol protocol,
      Delivery delivery,
      InstrumentClaims claims,
      Budgets budgets,
      RolloverGate gate,
      TaskScope scope,
      Clock clock) {
    this.settings = settings;
    this.protocol = protocol;
    this.delivery = delivery;
    this.scope = scope;
    this.clock = clock;
    this.log = new ConnectionLog(settings.pid(), clock);
    boolean ownVenue = settings.streamEndpoint() == null;
    this.streamEndpoint = ownVenue ? protocol.defaultStreamEndpoint() : settings.streamEndpoint();
    this.restEndpoint =
        settings.restEndpoint() != null
            ? settings.restEndpoint()
            : ownVenue ? protocol.defaultRestEndpoint() : null;
    String suffix = '-' + settings.pid();
    this.control = scope.scheduler("tapeflow-control" + suffix);
    this.transport = Transport.start(scope, "tapeflow-io" + suffix, clock, settings.trust());
    this.attempts = new AttemptGate(budgets.of(streamEndpoint), this::limits, clock);
    HostBudgets restBudgets = restEndpoint == null ? null : budgets.of(restEndpoint);
    this.rest =
        restEndpoint == null
            ? null
            : new RestClient(
                protocol, transport::get, restBudgets.rest(), this::limits, control, clock);
    this.venueTime = restEndpoint == null ? new VenueTime() : restBudgets.time();
    this.roster =
        new Roster(
            settings,
            protocol,
            delivery,
            claims,
            new ScaleFinder(protocol, rest, restEndpoint),
            restEndpoint != null,
            clock,
            this);
    this.repairer =
        restEndpoint == null
            ? null
            : new Repairer(protocol, rest, restEndpoint, clock, this::decide, delivery::signal);
    this.watchdog = new Watchdog(scope, clock, this::judge);
    this.probe = restEndpoint == null ? null : new MarketProbe(protocol, rest, restEndpoint);
    this.dataWatch = new DataWatch(probe, clock, this::decide, this);
    this.rollover =
        new Rollover(
            gate,
            protocol.limits().connectionLife(),
            clock,
            () -> ThreadLocalRandom.current().nextDouble());
    Link.Kit kit =
        new Link.Kit(
            protocol,
            streamEndpoint,
            transport,
            control,
            roster,
            probe,
            venueTime,
            this::limits,
            scope,
            clock);
    this.verdicts = new Verdicts(log, () -> this.settings, this);
    this.links = new Links(kit, log, this);
  }

  /** Begins to connect, and returns at once. */
  void start() {
    watchdog.start("tapeflow-watchdog-" + settings.pid());
    decide(() -> takeOver(settings));
    control.scheduleWithFixedDelay(this::tend, TEND_MILLIS, TEND_MILLIS, TimeUnit.MILLISECONDS);
    control.scheduleWithFixedDelay(
        roster::claimAgain, CLAIM_CHECK_MILLIS, CLAIM_CHECK_MILLIS, TimeUnit.MILLISECONDS);
    if (rest != null) {
      VenueTimer timer = new VenueTimer(protocol, rest, restEndpoint, venueTime, clock);
      control.scheduleWithFixedDelay(timer::check, 0, CLOCK_CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Takes settings with the same endpoints over into the running connection. */
  void apply(StreamSettings changed) {
    settings = changed;
    decide(() -> takeOver(changed));
  }

  /** A change of configuration was refused; what runs goes on. */
  void refused(String message) {
    log.note("configuration refused, the running one stays: " + message);
  }

  /** Ends everything, within the bound of the settings. */
  CloseReport close() {
    long begun = clock.nanos();
    log.stopping();
    closed = true;
    watchdog.stop();
    attempts.leave();
    if (rest != null) {
      rest.close();
    }
    links.close(POLITE_CLOSE_NANOS);
    CloseReport report = scope.close(settings.stopTimeout().minusMillis(POLITE_CLOSE_MILLIS));
    // The control thread may have been about to begin an attempt; by now it has ended.
    links.close(POLITE_CLOSE_NANOS);
    rollover.end();
    roster.close(begun + settings.stopTimeout().toNanos());
    log.stopped();
    return report;
  }

  @Override
  public StreamStatus status() {
    Link current = link;
    boolean live = current != null && current.isLive();
    return log.status(
        protocol.venue(),
        streamEndpoint.toString(),
        settings.connectTimeout(),
        links.openSockets(),
        live ? Duration.ofNanos(rollover.dueInNanos(current, settings.rollover())) : null,
        venueTime.estimate(),
        budgets(),
        roster::statuses,
        protocol.options());
  }

  private List<BudgetStatus> budgets() {
    List<BudgetStatus> statuses = new ArrayList<>();
    statuses.add(attempts.status());
    if (rest != null) {
      statuses.add(rest.status());
    }
    Link current = link;
    if (current != null) {
      statuses.add(current.requests().status());
      statuses.add(
          new BudgetStatus(
              "streams",
              "connection " + current.attempt().generation(),
              current.subscriptions().all().size(),
              limits().streamsPerConnection(),
              Duration.ZERO,
              null,
              ""));
    }
    return statuses;
  }

  private Limits limits() {
    return Limits.of(settings.limits(), protocol.limits());
  }

  @Override
  public void reconnect() {
    decide(
        () -> {
          log.note("reconnect by hand");
          drop();
          connect();
        });
  }

  @Override
  public Optional<TradeHistory> history(String instrument) {
    return roster.feeds().all().stream()
        .filter(feed -> !instrument.equals("*") && feed.instrument().isCalled(instrument))
        .findFirst()
        .map(InstrumentFeed::tape);
  }

  // ---- control thread ----

  private void takeOver(StreamSettings changed) {
    roster.apply(changed);
    instrumentsKnown();
  }

  @Override
  public void instrumentsKnown() {
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

  private void connect() {
    retry = null;
    Duration wait = attempts.ask();
    if (!wait.isZero()) {
      log.waitingForTurn(wait, attempts.reason());
      retry = later(this::connect, wait.toNanos());
      return;
    }
    link = links.make(settings.connectTimeout());
    log.connecting(streamEndpoint.toString());
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
    if (gone == link) {
      if (attempt.settle(Attempt.Outcome.FAILED)) {
        log.attemptFailed(fault.kind(), attempt.phase(), fault.message());
      } else if (gone.isLive()) {
        log.lost(fault.kind(), fault.message());
      }
      replace(gone);
    } else if (gone == rollover.next()) {
      if (attempt.settle(Attempt.Outcome.FAILED)) {
        log.rolloverFailed(fault.kind(), attempt.phase(), fault.message());
      }
      rolloverFailed(gone);
    } else {
      attempt.release();
    }
  }

  /** Gives a connection up for the one that was to replace it, or arranges the next attempt. */
  private void replace(Link given) {
    if (given != link || closed) {
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
            && clock.nanos() - attempt.connectedNanos() >= settings.stableAfter().toNanos();
    if (stable) {
      backoff.reset();
    }
    drop();
    Duration wait = backoff.next(settings.firstBackoff(), settings.longestBackoff());
    log.backingOff(wait);
    retry = later(this::connect, wait.toNanos());
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

  // ---- control thread: rollover ----

  private void rollOver() {
    Link current = link;
    if (current == null || !current.isLive()) {
      return;
    }
    if (rollover.next() != null) {
      if (rollover.isComplete(current)) {
        handOver(current, rollover.next());
      }
    } else if (!rollover.mayBegin(current, settings.rollover())) {
      attempts.leave();
    } else if (attempts.ask().isZero()) {
      prepare();
    }
  }

  /** Begins to make the connection that is to replace the one in use. */
  private void prepare() {
    Link next = links.make(settings.connectTimeout());
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
      rollover.failed(settings.firstBackoff(), settings.longestBackoff());
    }
  }

  // ---- control thread: what is done again and again ----

  private void tend() {
    mendHoles();
    rollOver();
    Link current = link;
    if (current == null || probe == null) {
      return;
    }
    current.checkQuiet(settings.idleTimeout().toNanos());
    if (current.isLive()) {
      dataWatch.check(current, settings.silence());
    } else if (current.quiet().isQuiet() && current.attempt().connected(clock.nanos())) {
      log.live("subscribed, and the market is quiet");
    }
    Link next = rollover.next();
    if (next != null) {
      next.checkQuiet(settings.idleTimeout().toNanos());
    }
  }

  @Override
  public void renewed(String words) {
    log.silent(words);
  }

  @Override
  public void dead(Link link, String words) {
    if (link.attempt().stall()) {
      log.lost(ErrorKind.IDLE, words);
      replace(link);
    }
  }

  /** Fetches what is missing, and gives up what has been missing for too long. */
  private void mendHoles() {
    if (repairer != null) {
      // While two connections bring the same trades, the slower one may still bring a missing one.
      boolean rolling = rollover.next() != null;
      Duration late = settings.reorder();
      repairer.check(roster.feeds().all(), rolling && late.compareTo(OVERLAP) < 0 ? OVERLAP : late);
    }
    boolean released = false;
    for (InstrumentFeed feed : roster.feeds().all()) {
      released |= feed.tick();
    }
    if (released) {
      delivery.signal();
    }
  }

  /** Runs a decision on the control thread; after the close there are none. */
  @Override
  public void decide(Runnable decision) {
    try {
      control.execute(() -> unlessClosed(decision));
    } catch (RejectedExecutionException e) {
      scope.admits("a decision");
    }
  }

  private void unlessClosed(Runnable decision) {
    if (!closed) {
      decision.run();
    }
  }

  private Future<?> later(Runnable decision, long nanos) {
    try {
      return control.schedule(() -> unlessClosed(decision), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(null);
    }
  }

  // ---- watchdog thread ----

  private void judge() {
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
    decide(() -> replace(condemned));
  }

  @Override
  public void rolloverOverdue(Link overdue) {
    decide(() -> rolloverFailed(overdue));
  }

  // ---- I/O threads ----

  @Override
  public boolean isOpen() {
    return !closed;
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
    delivery.signal();
  }

  @Override
  public void malformed(String reason) {
    log.malformed(reason);
  }
}
