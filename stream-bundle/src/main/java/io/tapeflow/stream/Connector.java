package io.tapeflow.stream;

import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.task.CloseReport;
import io.tapeflow.api.trade.TradeHistory;
import io.tapeflow.api.venue.VenueProtocol;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.Pulse;
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
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection to a venue alive for ever: connects, subscribes, replaces what fails.
 *
 * <p>Three kinds of threads meet here. The <em>control</em> thread makes every decision and owns
 * the state below; the <em>I/O</em> threads read frames into the feeds; the <em>watchdog</em>
 * shares nothing with them and passes the verdict on an attempt that is overdue or a connection
 * without data, even if both of the others are stuck.
 */
final class Connector implements TradeStream, Roster.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(Connector.class);
  private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long PULSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long HOLD_CHECK_MILLIS = 50;
  private static final long CLAIM_CHECK_MILLIS = 1_000;
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
  private final Repairer repairer;
  private Future<?> retry;
  private long generation;

  /** An attempt and what belongs to it alone. */
  private record Link(Attempt attempt, Inbound inbound, Subscriptions subscriptions) {}

  Connector(
      StreamSettings settings,
      VenueProtocol protocol,
      Delivery delivery,
      InstrumentClaims claims,
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
    this.transport = Transport.start(scope, "tapeflow-io" + suffix);
    this.roster =
        new Roster(
            settings,
            protocol,
            delivery,
            claims,
            new ScaleFinder(protocol, transport, restEndpoint),
            restEndpoint != null,
            clock,
            this);
    this.repairer =
        restEndpoint == null
            ? null
            : new Repairer(
                protocol, transport, restEndpoint, clock, this::decide, delivery::signal);
  }

  /** Begins to connect, and returns at once. */
  void start() {
    scope.thread("tapeflow-watchdog-" + settings.pid(), this::watch);
    decide(() -> takeOver(settings));
    control.scheduleWithFixedDelay(
        this::mendHoles, HOLD_CHECK_MILLIS, HOLD_CHECK_MILLIS, TimeUnit.MILLISECONDS);
    control.scheduleWithFixedDelay(
        roster::claimAgain, CLAIM_CHECK_MILLIS, CLAIM_CHECK_MILLIS, TimeUnit.MILLISECONDS);
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
        current == null ? 0 : current.attempt.openSockets(),
        roster::statuses);
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
    List<String> left = roster.apply(changed);
    Link current = link;
    if (current != null && !left.isEmpty()) {
      current.subscriptions.unsubscribe(left);
    }
    instrumentsKnown();
  }

  @Override
  public void instrumentsKnown() {
    if (!roster.hasInstruments()) {
      drop();
      log.refused(roster.whyNone());
    } else if (link != null) {
      subscribeMissing();
    } else if (retry == null) {
      connect();
    }
  }

  private void connect() {
    retry = null;
    URI uri = protocol.streamUri(streamEndpoint);
    boolean secure = "wss".equals(uri.getScheme());
    long deadline = clock.nanos() + settings.connectTimeout().toNanos();
    Attempt attempt = new Attempt(++generation, secure, deadline, log::reached);
    if (!entered(attempt)) {
      return;
    }
    Subscriptions subscriptions =
        new Subscriptions(
            protocol,
            control,
            frame -> attempt.send(frame, cause -> decide(() -> ended(attempt, cause))));
    Inbound inbound =
        new Inbound(
            protocol.newDecoder(roster.symbols()),
            roster.feeds(),
            clock,
            new LinkEvents(attempt),
            () -> !closed);
    log.connecting(streamEndpoint.toString());
    link = new Link(attempt, inbound, subscriptions);
    CompletableFuture<Session> upgrade = transport.connect(uri, new FrameReader(inbound), attempt);
    attempt.upgrading(upgrade);
    upgrade.whenComplete(
        (session, thrown) ->
            decide(
                () -> {
                  if (thrown == null) {
                    opened(attempt, session);
                  } else {
                    ended(attempt, thrown);
                  }
                }));
  }

  /** Enters the attempt's socket in the scope, unless that is being closed. */
  private boolean entered(Attempt attempt) {
    String name = streamEndpoint + " #" + attempt.generation();
    try {
      attempt.entered(scope.enter("socket", name, attempt::release, attempt::release));
      return true;
    } catch (RejectedExecutionException e) {
      LOG.debug("{}: no attempt while closing", settings.pid());
      return false;
    }
  }

  private void opened(Attempt attempt, Session session) {
    if (!isCurrent(attempt) || !attempt.isOpen()) {
      session.disconnect();
      return;
    }
    attempt.opened(session);
    subscribeMissing();
  }

  /** Subscribes to what has a feed and is not yet subscribed on this connection. */
  private void subscribeMissing() {
    Link current = link;
    if (current == null || current.attempt.phase().compareTo(ConnectionPhase.SUBSCRIBE) < 0) {
      return;
    }
    List<String> missing = new ArrayList<>();
    for (InstrumentFeed feed : roster.feeds().all()) {
      if (feed.subscribe(current.attempt.generation())) {
        missing.add(feed.instrument().symbol());
      }
    }
    current.subscriptions.subscribe(missing);
  }

  private void acknowledged(Attempt attempt, long requestId) {
    if (!isCurrent(attempt)) {
      return;
    }
    for (String symbol : link.subscriptions.answered(requestId)) {
      InstrumentFeed feed = roster.feeds().find(symbol);
      if (feed != null) {
        feed.acknowledged();
      }
    }
    if (link.subscriptions.allAnswered()) {
      attempt.entered(ConnectionPhase.FIRST_DATA);
    }
  }

  private void subscriptionRefused(Attempt attempt, long requestId, String reason) {
    if (!isCurrent(attempt)) {
      return;
    }
    List<String> refused = link.subscriptions.answered(requestId);
    LOG.warn("{}: the venue refused to subscribe {}: {}", settings.pid(), refused, reason);
    for (String symbol : refused) {
      InstrumentFeed feed = roster.feeds().find(symbol);
      if (feed != null) {
        feed.rejected(reason);
      }
    }
    boolean allRefused = roster.feeds().all().stream().allMatch(InstrumentFeed::isRejected);
    if (allRefused && attempt.settle(Attempt.Outcome.FAILED)) {
      log.attemptFailed(ErrorKind.REJECTED, attempt.phase(), reason);
      retryLater(attempt);
    }
  }

  /** The socket of an attempt has gone, or was never made. */
  private void ended(Attempt attempt, Throwable thrown) {
    attempt.socketClosed();
    ended(attempt, Faults.of(thrown, attempt.phase()));
  }

  private void ended(Attempt attempt, Faults fault) {
    if (!isCurrent(attempt)) {
      return;
    }
    if (attempt.settle(Attempt.Outcome.FAILED)) {
      log.attemptFailed(fault.kind(), attempt.phase(), fault.message());
    } else if (attempt.outcome() == Attempt.Outcome.CONNECTED) {
      log.lost(fault.kind(), fault.message());
    }
    retryLater(attempt);
  }

  /** Gives an attempt's socket up and arranges the next attempt. */
  private void retryLater(Attempt attempt) {
    if (!isCurrent(attempt) || closed) {
      return;
    }
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
    }
    Link current = link;
    if (current != null) {
      link = null;
      cancel(current.attempt);
      current.attempt.release();
      roster.feeds().all().forEach(InstrumentFeed::disconnected);
    }
  }

  private void closeCurrent() {
    Link current = link;
    if (current != null) {
      cancel(current.attempt);
      current.attempt.closePolitely(POLITE_CLOSE_MILLIS);
    }
  }

  private void cancel(Attempt attempt) {
    if (attempt.settle(Attempt.Outcome.CANCELLED)) {
      log.attemptCancelled();
    }
  }

  private boolean isCurrent(Attempt attempt) {
    Link current = link;
    return current != null && current.attempt == attempt;
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

  private void watch() {
    Pulse pulse = scope.pulseOf(Thread.currentThread().getName());
    long nextPulse = clock.nanos();
    while (!closed && !Thread.currentThread().isInterrupted()) {
      long now = clock.nanos();
      pulse.beat();
      if (now - nextPulse >= 0) {
        scope.pulse();
        nextPulse = now + PULSE_NANOS;
      }
      Link current = link;
      if (current != null) {
        judge(current, now);
      }
      LockSupport.parkNanos(WATCH_NANOS);
    }
  }

  private void judge(Link current, long now) {
    Attempt attempt = current.attempt;
    if (attempt.isOverdue(now)) {
      ConnectionPhase phase = attempt.phase();
      if (attempt.settle(Attempt.Outcome.FAILED)) {
        log.attemptFailed(
            ErrorKind.TIMEOUT,
            phase,
            inWords(phase) + " within " + settings.connectTimeout().toMillis() + " ms");
        decide(() -> retryLater(attempt));
      }
    } else if (attempt.outcome() == Attempt.Outcome.CONNECTED
        && now - current.inbound.lastDataNanos() >= settings.idleTimeout().toNanos()
        && attempt.stall()) {
      log.lost(ErrorKind.IDLE, "no trade for " + settings.idleTimeout().toMillis() + " ms");
      decide(() -> retryLater(attempt));
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

  private final class LinkEvents implements Inbound.Events {
    private final Attempt attempt;

    LinkEvents(Attempt attempt) {
      this.attempt = attempt;
    }

    @Override
    public void firstTrade() {
      if (attempt.connected(clock.nanos())) {
        log.live();
      }
    }

    @Override
    public void released() {
      delivery.signal();
    }

    @Override
    public void acknowledged(long requestId) {
      decide(() -> Connector.this.acknowledged(attempt, requestId));
    }

    @Override
    public void refused(long requestId, String reason) {
      decide(() -> subscriptionRefused(attempt, requestId, reason));
    }

    @Override
    public void goingAway(String notice) {
      decide(
          () -> {
            if (isCurrent(attempt)) {
              log.note("the venue says " + notice);
              ended(attempt, new Faults(ErrorKind.CLOSED, "the venue shuts down: " + notice));
            }
          });
    }

    @Override
    public void malformed(String reason) {
      log.malformed(reason);
    }

    @Override
    public void closed(int code, String reason) {
      attempt.socketClosed();
      String words = "code " + code + (reason == null || reason.isEmpty() ? "" : ": " + reason);
      decide(() -> ended(attempt, new Faults(ErrorKind.CLOSED, words)));
    }

    @Override
    public void failed(Throwable cause) {
      decide(() -> ended(attempt, cause));
    }
  }
}
