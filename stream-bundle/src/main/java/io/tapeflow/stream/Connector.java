package io.tapeflow.stream;

import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.task.CloseReport;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeHistory;
import io.tapeflow.api.venue.InstrumentScales;
import io.tapeflow.api.venue.VenueProtocol;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.Pulse;
import io.tapeflow.tasks.TaskScope;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
final class Connector implements TradeStream {
  private static final Logger LOG = LoggerFactory.getLogger(Connector.class);
  private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long PULSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long HOLD_CHECK_MILLIS = 50;
  private static final long CLAIM_CHECK_MILLIS = 1_000;
  private static final long POLITE_CLOSE_MILLIS = 500;

  private final VenueProtocol protocol;
  private final Delivery delivery;
  private final InstrumentClaims claims;
  private final Clock clock;
  private final TaskScope scope;
  private final ConnectionLog log;
  private final Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
  private final FeedTable feeds = new FeedTable();
  private final Symbols symbols = new Symbols();
  private final URI streamEndpoint;
  private final URI restEndpoint;

  /** Why an instrument has no feed, by symbol. */
  private final Map<String, InstrumentStatus> withoutFeed = new ConcurrentHashMap<>();

  private volatile StreamSettings settings;
  private volatile Link link;
  private volatile boolean closed;

  private ScheduledExecutorService control;
  private Transport transport;
  private ScaleFinder scaleFinder;
  private Future<?> retry;
  private Set<String> wanted = Set.of();
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
    this.claims = claims;
    this.scope = scope;
    this.clock = clock;
    this.log = new ConnectionLog(settings.pid(), clock);
    boolean ownVenue = settings.streamEndpoint() == null;
    this.streamEndpoint = ownVenue ? protocol.defaultStreamEndpoint() : settings.streamEndpoint();
    this.restEndpoint =
        settings.restEndpoint() != null
            ? settings.restEndpoint()
            : ownVenue ? protocol.defaultRestEndpoint() : null;
  }

  /** Begins to connect, and returns at once. */
  void start() {
    String suffix = '-' + settings.pid();
    control = scope.scheduler("tapeflow-control" + suffix);
    scope.thread("tapeflow-watchdog" + suffix, this::watch);
    decide(
        () -> {
          transport = Transport.start(scope, "tapeflow-io" + suffix);
          scaleFinder = new ScaleFinder(protocol, transport, restEndpoint);
          want(settings.symbols());
          connect();
        });
    control.scheduleWithFixedDelay(
        this::releaseHolds, HOLD_CHECK_MILLIS, HOLD_CHECK_MILLIS, TimeUnit.MILLISECONDS);
    control.scheduleWithFixedDelay(
        this::claimAgain, CLAIM_CHECK_MILLIS, CLAIM_CHECK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Takes settings with the same endpoints over into the running connection. */
  void apply(StreamSettings changed) {
    settings = changed;
    decide(
        () -> {
          feeds.all().forEach(feed -> feed.configure(changed));
          want(changed.symbols());
          if (link == null && retry == null) {
            connect();
          }
        });
  }

  /** A change of configuration was refused; what runs goes on. */
  void refused(String message) {
    log.note("configuration refused, the running one stays: " + message);
  }

  /** Ends everything, within the bound of the settings. */
  CloseReport close() {
    log.stopping();
    closed = true;
    Link current = link;
    if (current != null) {
      cancel(current.attempt);
      current.attempt.closePolitely(POLITE_CLOSE_MILLIS);
    }
    CloseReport report = scope.close(settings.stopTimeout().minusMillis(POLITE_CLOSE_MILLIS));
    for (InstrumentFeed feed : feeds.all()) {
      delivery.remove(feed.tape());
      claims.release(feed.instrument().key(), settings.pid());
    }
    withoutFeed.keySet().forEach(symbol -> claims.release(key(symbol), settings.pid()));
    log.stopped();
    return report;
  }

  @Override
  public StreamStatus status() {
    Link current = link;
    List<InstrumentStatus> instruments = new ArrayList<>();
    feeds.all().forEach(feed -> instruments.add(feed.status()));
    instruments.addAll(withoutFeed.values());
    return log.status(
        protocol.venue(),
        streamEndpoint.toString(),
        settings.connectTimeout(),
        current == null ? 0 : current.attempt.openSockets(),
        instruments);
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
    return feeds.all().stream()
        .filter(feed -> !instrument.equals("*") && feed.instrument().isCalled(instrument))
        .findFirst()
        .map(InstrumentFeed::tape);
  }

  // ---- control thread ----

  private void connect() {
    retry = null;
    if (!hasInstruments()) {
      log.refused(whyNothingToDo());
      return;
    }
    URI uri = protocol.streamUri(streamEndpoint);
    boolean secure = "wss".equals(uri.getScheme());
    long deadline = clock.nanos() + settings.connectTimeout().toNanos();
    Attempt attempt = new Attempt(++generation, secure, deadline, log::reached);
    Subscriptions subscriptions =
        new Subscriptions(
            protocol,
            control,
            frame -> attempt.send(frame, cause -> decide(() -> ended(attempt, cause))));
    Inbound inbound =
        new Inbound(
            protocol.newDecoder(symbols), feeds, clock, new LinkEvents(attempt), () -> !closed);
    log.connecting(streamEndpoint.toString());
    link = new Link(attempt, inbound, subscriptions);
    attempt.entered(
        scope.enter(
            "socket",
            streamEndpoint + " #" + attempt.generation(),
            attempt::release,
            attempt::release));
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

  /** Whether there is an instrument to stream, or one whose decimals are still being asked for. */
  private boolean hasInstruments() {
    return !feeds.all().isEmpty() || withoutFeed.values().stream().anyMatch(Connector::isPending);
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
    for (InstrumentFeed feed : feeds.all()) {
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
      InstrumentFeed feed = feeds.find(symbol);
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
      InstrumentFeed feed = feeds.find(symbol);
      if (feed != null) {
        feed.rejected(reason);
      }
    }
    boolean allRefused = feeds.all().stream().allMatch(InstrumentFeed::isRejected);
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
      feeds.all().forEach(InstrumentFeed::disconnected);
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

  /** Makes the instruments those of the configuration; those that stay are not touched. */
  private void want(List<String> written) {
    Set<String> next = new LinkedHashSet<>();
    written.forEach(symbol -> next.add(protocol.normalise(symbol)));
    List<String> gone = wanted.stream().filter(symbol -> !next.contains(symbol)).toList();
    List<String> come = next.stream().filter(symbol -> !wanted.contains(symbol)).toList();
    wanted = next;
    leave(gone);
    claim(come);
  }

  private void leave(List<String> gone) {
    List<String> subscribed = new ArrayList<>();
    for (String symbol : gone) {
      withoutFeed.remove(symbol);
      InstrumentFeed feed = feeds.find(symbol);
      if (feed != null) {
        feeds.remove(symbol);
        delivery.remove(feed.tape());
        subscribed.add(symbol);
      }
      claims.release(key(symbol), settings.pid());
    }
    symbols.set(feeds.instruments());
    Link current = link;
    if (current != null && !subscribed.isEmpty()) {
      current.subscriptions.unsubscribe(subscribed);
    }
  }

  private void claim(List<String> come) {
    List<String> granted = new ArrayList<>();
    for (String symbol : come) {
      String owner = claims.claim(key(symbol), settings.pid());
      if (owner.equals(settings.pid())) {
        granted.add(symbol);
        withoutFeed.put(symbol, pending(symbol, InstrumentState.DISCONNECTED, "not yet known"));
      } else {
        LOG.warn("{}: {} is already carried by {}", settings.pid(), key(symbol), owner);
        withoutFeed.put(
            symbol,
            pending(symbol, InstrumentState.CLAIMED_ELSEWHERE, "already carried by " + owner));
      }
    }
    if (!granted.isEmpty()) {
      scaleFinder.find(granted).thenAccept(scales -> decide(() -> open(granted, scales)));
    }
  }

  /** What another connector has given up can be carried now. */
  private void claimAgain() {
    List<String> elsewhere =
        wanted.stream()
            .filter(
                symbol -> {
                  InstrumentStatus status = withoutFeed.get(symbol);
                  return status != null && status.state() == InstrumentState.CLAIMED_ELSEWHERE;
                })
            .toList();
    List<String> free =
        elsewhere.stream()
            .filter(symbol -> claims.claim(key(symbol), settings.pid()).equals(settings.pid()))
            .toList();
    if (!free.isEmpty()) {
      claim(free);
      if (link == null && retry == null) {
        connect();
      }
    }
  }

  private void open(List<String> granted, Map<String, InstrumentScales> scales) {
    for (String symbol : granted) {
      if (!wanted.contains(symbol) || feeds.find(symbol) != null) {
        continue;
      }
      InstrumentScales scale = scales.get(symbol);
      if (scale == null) {
        LOG.warn("{}: {} does not list {}", settings.pid(), protocol.venue(), symbol);
        withoutFeed.put(
            symbol, pending(symbol, InstrumentState.REJECTED, "the venue does not list " + symbol));
        continue;
      }
      InstrumentFeed feed =
          new InstrumentFeed(
              new Instrument(protocol.venue(), symbol, scale.priceScale(), scale.quantityScale()),
              settings,
              clock);
      feeds.put(feed);
      withoutFeed.remove(symbol);
      delivery.add(feed.tape());
    }
    symbols.set(feeds.instruments());
    if (feeds.all().isEmpty()) {
      drop();
      log.refused(whyNothingToDo());
    } else {
      subscribeMissing();
    }
  }

  private void releaseHolds() {
    boolean released = false;
    for (InstrumentFeed feed : feeds.all()) {
      released |= feed.tick();
    }
    if (released) {
      delivery.signal();
    }
  }

  private String whyNothingToDo() {
    return withoutFeed.values().stream()
        .map(status -> status.instrument().symbol() + ": " + status.reason())
        .sorted()
        .reduce((a, b) -> a + "; " + b)
        .orElse("no instruments");
  }

  private static boolean isPending(InstrumentStatus status) {
    return status.state() == InstrumentState.DISCONNECTED;
  }

  private InstrumentStatus pending(String symbol, InstrumentState state, String reason) {
    Instrument instrument =
        new Instrument(
            protocol.venue(),
            symbol,
            ScaleFinder.DEFAULT.priceScale(),
            ScaleFinder.DEFAULT.quantityScale());
    return new InstrumentStatus(
        instrument, state, reason, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, null, null, Duration.ZERO, 0, 0);
  }

  private String key(String symbol) {
    return protocol.venue() + ':' + symbol;
  }

  /** Runs a decision on the control thread; after the close there are none. */
  private void decide(Runnable decision) {
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
