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
final class Connector implements TradeStream, Roster.Owner, Link.Owner {
  private static final long HOLD_CHECK_MILLIS = 50;
  private static final long CLAIM_CHECK_MILLIS = 1_000;
  private static final long CLOCK_CHECK_MILLIS = 1_000;
  private static final long POLITE_CLOSE_MILLIS = 500;

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
  private final Link.Kit kit;
  private Future<?> retry;
  private long generation;

  Connector(
      StreamSettings settings,
      VenueProtocol protocol,
      Delivery delivery,
      InstrumentClaims claims,
      Budgets budgets,
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
    this.kit = new Link.Kit(protocol, streamEndpoint, transport, control, roster, scope, clock);
  }

  /** Begins to connect, and returns at once. */
  void start() {
    watchdog.start("tapeflow-watchdog-" + settings.pid());
    decide(() -> takeOver(settings));
    control.scheduleWithFixedDelay(
        this::mendHoles, HOLD_CHECK_MILLIS, HOLD_CHECK_MILLIS, TimeUnit.MILLISECONDS);
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
    log.stopping();
    closed = true;
    watchdog.stop();
    attempts.leave();
    if (rest != null) {
      rest.close();
    }
    closeCurrent();
    CloseReport report = scope.close(settings.stopTimeout().minusMillis(POLITE_CLOSE_MILLIS));
    // The control thread may have been about to begin an attempt; by now it has ended.
    closeCurrent();
    roster.close();
    log.stopped();
    return report;
  }

  @Override
  public StreamStatus status() {
    Link current = link;
    return log.status(
            protocol.venue(),
            streamEndpoint.toString(),
            settings.connectTimeout(),
            current == null ? 0 : current.attempt().openSockets(),
            venueTime.estimate(),
            budgets(),
            roster::statuses)
        .withOptions(protocol.options());
  }

  private List<BudgetStatus> budgets() {
    List<BudgetStatus> statuses = new ArrayList<>();
    statuses.add(attempts.status());
    if (rest != null) {
      statuses.add(rest.status());
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
    } else if (retry == null) {
      connect();
    }
  }

  private void connect() {
    retry = null;
    Duration wait = attempts.ask();
    if (!wait.isZero()) {
      log.waitingForTurn(wait, attempts.reason());
      retry = control.schedule(this::connect, wait.toNanos(), TimeUnit.NANOSECONDS);
      return;
    }
    long deadline = clock.nanos() + settings.connectTimeout().toNanos();
    Link next = new Link(++generation, deadline, kit, this);
    link = next;
    log.connecting(streamEndpoint.toString());
    if (!next.open()) {
      drop();
    }
  }

  @Override
  public void opened(Link opened) {
    if (opened == link) {
      opened.follow();
      opened.subscriptions().all().forEach(held -> held.feed().carriedBy(held));
    }
  }

  @Override
  public void allRefused(Link refused, String reason) {
    Attempt attempt = refused.attempt();
    if (refused == link && attempt.settle(Attempt.Outcome.FAILED)) {
      log.attemptFailed(ErrorKind.REJECTED, attempt.phase(), reason);
      retryLater(refused);
    }
  }

  @Override
  public void goingAway(Link leaving, String notice) {
    if (leaving == link) {
      log.note("the venue says " + notice);
      ended(leaving, new Faults(ErrorKind.CLOSED, "the venue shuts down: " + notice));
    }
  }

  @Override
  public void ended(Link gone, Faults fault) {
    if (gone != link) {
      return;
    }
    Attempt attempt = gone.attempt();
    if (attempt.settle(Attempt.Outcome.FAILED)) {
      log.attemptFailed(fault.kind(), attempt.phase(), fault.message());
    } else if (attempt.outcome() == Attempt.Outcome.CONNECTED) {
      log.lost(fault.kind(), fault.message());
    }
    retryLater(gone);
  }

  /** Gives a connection up and arranges the next attempt. */
  private void retryLater(Link given) {
    if (given != link || closed) {
      return;
    }
    Attempt attempt = given.attempt();
    boolean stable =
        attempt.outcome() == Attempt.Outcome.CONNECTED
            && clock.nanos() - attempt.connectedNanos() >= settings.stableAfter().toNanos();
    if (stable) {
      backoff.reset();
    }
    drop();
    Duration wait = backoff.next(settings.firstBackoff(), settings.longestBackoff());
    log.backingOff(wait);
    retry = control.schedule(this::connect, wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Leaves the present attempt or connection, and any wait for the next. */
  private void drop() {
    if (retry != null) {
      retry.cancel(false);
      retry = null;
      attempts.leave();
    }
    Link current = link;
    if (current != null) {
      link = null;
      cancel(current.attempt());
      current.attempt().release();
      roster.feeds().all().forEach(feed -> feed.carriedBy(null));
    }
  }

  private void closeCurrent() {
    Link current = link;
    if (current != null) {
      cancel(current.attempt());
      current.attempt().closePolitely(POLITE_CLOSE_MILLIS);
    }
  }

  private void cancel(Attempt attempt) {
    if (attempt.settle(Attempt.Outcome.CANCELLED)) {
      log.attemptCancelled();
    }
  }

  /** Fetches what is missing, and gives up what has been missing for too long. */
  private void mendHoles() {
    if (repairer != null) {
      repairer.check(roster.feeds().all(), settings.reorder());
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
      control.execute(
          () -> {
            if (!closed) {
              decision.run();
            }
          });
    } catch (RejectedExecutionException e) {
      scope.admits("a decision");
    }
  }

  // ---- watchdog thread ----

  private void judge(long now) {
    Link current = link;
    if (current == null) {
      return;
    }
    Attempt attempt = current.attempt();
    if (attempt.isOverdue(now)) {
      ConnectionPhase phase = attempt.phase();
      if (attempt.settle(Attempt.Outcome.FAILED)) {
        log.attemptFailed(
            ErrorKind.TIMEOUT,
            phase,
            inWords(phase) + " within " + settings.connectTimeout().toMillis() + " ms");
        decide(() -> retryLater(current));
      }
    } else if (attempt.outcome() == Attempt.Outcome.CONNECTED
        && now - current.inbound().lastDataNanos() >= settings.idleTimeout().toNanos()
        && attempt.stall()) {
      log.lost(ErrorKind.IDLE, "no trade for " + settings.idleTimeout().toMillis() + " ms");
      decide(() -> retryLater(current));
    }
  }

  private String inWords(ConnectionPhase phase) {
    return switch (phase) {
      case DNS -> "no address for " + streamEndpoint.getHost();
      case TCP -> "no TCP connection to " + streamEndpoint.getAuthority();
      case TLS -> "no TLS handshake with " + streamEndpoint.getAuthority();
      case UPGRADE -> "no answer to the upgrade from " + streamEndpoint.getAuthority();
      case SUBSCRIBE -> "no acknowledgement of the subscription";
      case FIRST_DATA -> "subscribed, but no trade";
    };
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
      log.live();
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
