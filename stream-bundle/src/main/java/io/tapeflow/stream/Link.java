package io.tapeflow.stream;

import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.venue.VenueProtocol;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.TaskScope;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: the attempt that makes it, what comes in on it, and what it is subscribed to. It
 * turns what the I/O threads see into decisions for the control thread.
 */
final class Link implements Inbound.Events {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  private static final int FEW = 5;

  private final Kit kit;
  private final Owner owner;
  private final Attempt attempt;
  private final SendQueue requests;
  private final Subscriptions subscriptions;
  private final Inbound inbound;
  private final QuietCheck quiet;
  private volatile long subscribedNanos;

  /**
   * What all links of a connector are made with.
   *
   * @param probe null if the venue's REST must not be asked
   */
  record Kit(
      VenueProtocol protocol,
      URI endpoint,
      Transport transport,
      ScheduledExecutorService control,
      Roster roster,
      MarketProbe probe,
      VenueTime venueTime,
      Supplier<Limits> limits,
      TaskScope scope,
      Clock clock) {}

  /** The connector. Called on the control thread, but where it says otherwise. */
  interface Owner {
    /** Runs something on the control thread. Called on any thread. */
    void decide(Runnable decision);

    /** Whether frames are still wanted. Called on the I/O thread. */
    boolean isOpen();

    /** The attempt has come further. Called on any thread. */
    void reached(Link link, ConnectionPhase phase);

    /** The first trade has come. Called on the I/O thread. */
    void firstTrade(Link link);

    /** Trades were released. Called on any thread. */
    void released();

    /** A frame could not be read. Called on the I/O thread. */
    void malformed(String reason);

    /** The upgrade is done; it can be subscribed on. */
    void opened(Link link);

    /** Every subscription was refused. */
    void allRefused(Link link, String reason);

    /** The venue will shut it down. */
    void goingAway(Link link, String notice);

    /** The socket has gone, or was never made. */
    void ended(Link link, Faults fault);
  }

  Link(long generation, long deadlineNanos, Kit kit, Owner owner) {
    this.kit = kit;
    this.owner = owner;
    boolean secure = "wss".equals(kit.endpoint().getScheme());
    this.attempt =
        new Attempt(generation, secure, deadlineNanos, phase -> owner.reached(this, phase));
    this.requests =
        new SendQueue(
            "connection " + generation,
            kit.limits().get().messagesPerSecond(),
            kit.control(),
            this::send,
            kit.clock());
    this.subscriptions = new Subscriptions(kit.protocol(), kit.clock(), generation, requests::send);
    this.inbound =
        new Inbound(
            kit.protocol().newDecoder(kit.roster().symbols()),
            subscriptions,
            kit.clock(),
            kit.venueTime(),
            this,
            owner::isOpen);
    this.quiet =
        new QuietCheck(kit.probe(), subscriptions, kit.clock(), owner::decide, owner::released);
  }

  /** Begins to connect. Returns whether it did: not so while the scope closes. */
  boolean open() {
    try {
      String name = kit.endpoint() + " #" + attempt.generation();
      attempt.entered(kit.scope().enter("socket", name, attempt::release, attempt::release));
    } catch (RejectedExecutionException e) {
      LOG.debug("No attempt at {} while closing", kit.endpoint());
      return false;
    }
    URI uri = kit.protocol().streamUri(kit.endpoint());
    CompletableFuture<CoreSession> upgrade =
        kit.transport().connect(uri, new FrameReader(inbound, requests::pong), attempt);
    attempt.upgrading(upgrade);
    upgrade.whenComplete(
        (session, thrown) -> {
          if (thrown == null) {
            owner.decide(() -> opened(session));
          } else {
            failed(thrown);
          }
        });
    return true;
  }

  Attempt attempt() {
    return attempt;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  SendQueue requests() {
    return requests;
  }

  Inbound inbound() {
    return inbound;
  }

  QuietCheck quiet() {
    return quiet;
  }

  boolean isLive() {
    return attempt.outcome() == Attempt.Outcome.CONNECTED;
  }

  /** Since when nothing has come, and the market was not found to be quiet either. Any thread. */
  long idleSinceNanos() {
    return quiet.latest(inbound.lastDataNanos());
  }

  // ---- control thread ----

  private void opened(CoreSession session) {
    if (!attempt.isOpen()) {
      session.abort();
      return;
    }
    attempt.opened(session);
    owner.opened(this);
  }

  private void send(String frame) {
    if (attempt.isReleased()) {
      requests.clear();
    } else {
      attempt.send(frame, this::failed);
    }
  }

  /** Makes what it is subscribed to that which has a feed. */
  void follow() {
    if (attempt.phase().compareTo(ConnectionPhase.SUBSCRIBE) >= 0) {
      subscriptions.follow(kit.roster().feeds().all());
    }
  }

  private void granted(long requestId) {
    long now = kit.clock().nanos();
    subscriptions.answered(requestId).forEach(held -> held.acknowledged(now));
    if (subscriptions.allAnswered()) {
      subscribedNanos = now;
      attempt.entered(ConnectionPhase.FIRST_DATA);
    }
  }

  /**
   * Looks into a silence of all its instruments.
   *
   * @param idleNanos how long one may last while it is live
   */
  void checkQuiet(long idleNanos) {
    if (isLive()) {
      quiet.check(idleSinceNanos(), idleNanos);
    } else if (attempt.isOpen()
        && attempt.phase() == ConnectionPhase.FIRST_DATA
        && !inbound.hasData()) {
      quiet.check(subscribedNanos, attempt.deadlineNanos() - subscribedNanos);
    }
  }

  /** Ends it with a close frame, and cuts it a little later. */
  void retire(long politeNanos) {
    attempt.sayGoodbye();
    try {
      kit.control().schedule(attempt::release, politeNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      attempt.release();
    }
  }

  private void rejected(long requestId, String reason) {
    List<Subscription> asked = subscriptions.answered(requestId);
    LOG.warn(
        "{} refused to subscribe {}: {}",
        kit.endpoint(),
        asked.stream().map(Subscription::symbol).toList(),
        reason);
    asked.forEach(subscription -> subscription.rejected(reason));
    if (subscriptions.all().stream().allMatch(Subscription::isRejected)) {
      owner.allRefused(this, reason);
    }
  }

  /** What has not happened in time, in words. Any thread. */
  String overdue(ConnectionPhase phase, String within) {
    URI endpoint = kit.endpoint();
    return switch (phase) {
      case DNS -> "no address for " + endpoint.getHost() + within;
      case TCP -> "no TCP connection to " + endpoint.getAuthority() + within;
      case TLS -> "no TLS handshake with " + endpoint.getAuthority() + within;
      case UPGRADE -> "no answer to the upgrade from " + endpoint.getAuthority() + within;
      case SUBSCRIBE -> "no acknowledgement of the subscription" + within;
      case FIRST_DATA ->
          "subscribed, but " + silentInWords() + within + quiet.evidence() + advice();
    };
  }

  private String silentInWords() {
    return inbound.hasData()
        ? subscriptions.all().stream()
            .filter(held -> !held.hasData() && !held.isRejected())
            .map(Subscription::symbol)
            .limit(FEW)
            .collect(Collectors.joining(", ", "no trade of ", ""))
        : "no trade";
  }

  private String advice() {
    String advice = kit.protocol().adviceOnSilence(kit.protocol().streamUri(kit.endpoint()));
    return advice.isEmpty() ? "" : ". " + advice;
  }

  private void socketGone(Faults fault) {
    attempt.socketClosed();
    owner.ended(this, fault);
  }

  // ---- I/O threads ----

  @Override
  public void firstTrade() {
    owner.firstTrade(this);
  }

  @Override
  public void released() {
    owner.released();
  }

  @Override
  public void acknowledged(long requestId) {
    owner.decide(() -> granted(requestId));
  }

  @Override
  public void refused(long requestId, String reason) {
    owner.decide(() -> rejected(requestId, reason));
  }

  @Override
  public void goingAway(String notice) {
    owner.decide(() -> owner.goingAway(this, notice));
  }

  @Override
  public void malformed(String reason) {
    owner.malformed(reason);
  }

  @Override
  public void closed(int code, String reason) {
    attempt.socketClosed();
    String words = "code " + code + (reason == null || reason.isEmpty() ? "" : ": " + reason);
    owner.decide(() -> owner.ended(this, new Faults(ErrorKind.CLOSED, words, code)));
  }

  @Override
  public void failed(Throwable cause) {
    owner.decide(() -> socketGone(Faults.of(cause, attempt.phase(), attempt.retryAfter())));
  }
}
