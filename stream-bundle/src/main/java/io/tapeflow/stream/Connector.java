package io.tapeflow.stream;

import io.tapeflow.api.stream.BudgetStatus;
import io.tapeflow.api.stream.InstrumentStatus;
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
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Carries the instruments of one connection: keeps the {@link Connection} alive for ever, their
 * trades whole, and gives the account of both.
 *
 * <p>Three kinds of threads meet here. The <em>control</em> thread makes every decision; the
 * <em>I/O</em> threads read frames into the feeds; the <em>watchdog</em> shares nothing with them
 * and passes the verdict on an attempt that is overdue or a connection without data, even if both
 * of the others are stuck.
 */
final class Connector implements TradeStream, Roster.Owner {
  private static final long TEND_MILLIS = 50;
  private static final long CLAIM_CHECK_MILLIS = 1_000;
  private static final long CLOCK_CHECK_MILLIS = 1_000;

  /** What of the time for the stop is left to the sockets. */
  private static final long POLITE_CLOSE_MILLIS = 500;

  private static final Duration OVERLAP = Duration.ofSeconds(1);

  private final VenueProtocol protocol;
  private final Delivery delivery;
  private final Clock clock;
  private final TaskScope scope;
  private final ConnectionLog log;
  private final URI streamEndpoint;
  private final Control control;
  private final Roster roster;
  private final AttemptGate attempts;
  private final VenueTime venueTime;
  private final Watchdog watchdog;
  private final Connection connection;

  // What needs REST; null without it.
  private final RestClient rest;
  private final Repairer repairer;
  private final DataWatch dataWatch;
  private final VenueTimer venueTimer;

  private volatile StreamSettings settings;

  Connector(
      StreamSettings settings,
      VenueProtocol protocol,
      Delivery delivery,
      InstrumentClaims claims,
      Budgets budgets,
      RolloverGate gate,
      NameLookup names,
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
    URI restEndpoint =
        settings.restEndpoint() != null
            ? settings.restEndpoint()
            : ownVenue ? protocol.defaultRestEndpoint() : null;
    boolean hasRest = restEndpoint != null;
    String suffix = '-' + settings.pid();
    this.control = new Control(scope, "tapeflow-control" + suffix);
    Transport transport =
        Transport.start(scope, "tapeflow-io" + suffix, clock, settings.trust(), names);
    this.attempts = new AttemptGate(budgets.of(streamEndpoint), this::limits, clock);
    HostBudgets restBudgets = hasRest ? budgets.of(restEndpoint) : null;
    this.rest =
        hasRest
            ? new RestClient(
                protocol, transport::get, restBudgets.rest(), this::limits, control.timer(), clock)
            : null;
    this.venueTime = hasRest ? restBudgets.time() : new VenueTime();
    this.venueTimer =
        hasRest ? new VenueTimer(protocol, rest, restEndpoint, venueTime, clock) : null;
    this.roster =
        new Roster(
            settings,
            protocol,
            delivery,
            claims,
            new ScaleFinder(protocol, rest, restEndpoint),
            hasRest,
            clock,
            this);
    this.repairer =
        hasRest
            ? new Repairer(protocol, rest, restEndpoint, clock, this::decide, delivery::signal)
            : null;
    MarketProbe probe = hasRest ? new MarketProbe(protocol, rest, restEndpoint) : null;
    Link.Kit kit =
        new Link.Kit(
            protocol,
            streamEndpoint,
            transport,
            control.timer(),
            roster,
            probe,
            venueTime,
            this::limits,
            scope,
            clock);
    Rollover rollover =
        new Rollover(
            gate,
            protocol.limits().connectionLife(),
            clock,
            () -> ThreadLocalRandom.current().nextDouble());
    this.connection =
        new Connection(
            kit, () -> this.settings, attempts, rollover, control, log, delivery::signal);
    this.dataWatch = hasRest ? new DataWatch(probe, clock, this::decide, connection) : null;
    this.watchdog = new Watchdog(scope, clock, connection::judge);
  }

  /** Begins to connect, and returns at once. */
  void start() {
    watchdog.start("tapeflow-watchdog-" + settings.pid());
    decide(() -> roster.apply(settings));
    decide(connection::follow);
    control.every(TEND_MILLIS, this::tend);
    control.every(CLAIM_CHECK_MILLIS, roster::claimAgain);
    if (venueTimer != null) {
      decide(venueTimer::check);
      control.every(CLOCK_CHECK_MILLIS, venueTimer::check);
    }
  }

  /** Takes settings with the same endpoints over into the running connection. */
  void apply(StreamSettings changed) {
    settings = changed;
    decide(
        () -> {
          roster.apply(changed);
          connection.follow();
        });
  }

  /** A change of configuration was refused; what runs goes on. */
  void refused(String message) {
    log.note("configuration refused, the running one stays: " + message);
  }

  /** Ends everything, within the bound of the settings. */
  CloseReport close() {
    long begun = clock.nanos();
    log.stopping();
    control.close();
    watchdog.stop();
    if (rest != null) {
      rest.close();
    }
    connection.close();
    CloseReport report = scope.close(settings.stopTimeout().minusMillis(POLITE_CLOSE_MILLIS));
    connection.closed();
    roster.close(begun + settings.stopTimeout().toNanos());
    log.stopped();
    return report;
  }

  @Override
  public StreamStatus status() {
    return status(roster::statuses);
  }

  @Override
  public StreamStatus status(String instrument) {
    return status(() -> roster.status(instrument));
  }

  private StreamStatus status(Supplier<List<InstrumentStatus>> instruments) {
    return log.status(
        protocol.venue(),
        streamEndpoint.toString(),
        settings.connectTimeout(),
        connection.openSockets(),
        connection.rolloverIn(),
        venueTime.estimate(),
        budgets(),
        instruments,
        protocol.options());
  }

  private List<BudgetStatus> budgets() {
    List<BudgetStatus> statuses = new ArrayList<>();
    statuses.add(attempts.status());
    if (rest != null) {
      statuses.add(rest.status());
    }
    statuses.addAll(connection.budgets(limits()));
    return statuses;
  }

  private Limits limits() {
    return Limits.of(settings.limits(), protocol.limits());
  }

  @Override
  public void reconnect() {
    decide(connection::renew);
  }

  @Override
  public Optional<TradeHistory> history(String instrument) {
    return Optional.ofNullable(roster.feed(instrument)).map(InstrumentFeed::tape);
  }

  @Override
  public void decide(Runnable decision) {
    control.decide(decision);
  }

  @Override
  public void instrumentsKnown() {
    connection.follow();
  }

  // ---- control thread ----

  private void tend() {
    mendHoles();
    connection.rollOver();
    if (dataWatch == null) {
      return;
    }
    connection.checkQuiet();
    Link current = connection.inUse();
    if (current != null && current.isLive()) {
      dataWatch.check(current, settings.silence());
    }
  }

  /** Fetches what is missing, and gives up what has been missing for too long. */
  private void mendHoles() {
    if (repairer != null) {
      // While two connections bring the same trades, the slower one may still bring a missing one.
      boolean rolling = connection.replacement() != null;
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
}
