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
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: the attempt that makes it, what comes in on it, and what it is subscribed to. It
 * turns what the I/O threads see into decisions for the control thread.
 */
final class Link implements Inbound.Events {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  private final Kit kit;
  private final Owner owner;
  private final Attempt attempt;
  private final Subscriptions subscriptions;
  private final Inbound inbound;

  /** What all links of a connector are made with. */
  record Kit(
      VenueProtocol protocol,
      URI endpoint,
      Transport transport,
      ScheduledExecutorService control,
      Roster roster,
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

    /** Trades were released. Called on the I/O thread. */
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
    this.subscriptions =
        new Subscriptions(
            kit.protocol(), kit.control(), generation, frame -> attempt.send(frame, this::failed));
    this.inbound =
        new Inbound(
            kit.protocol().newDecoder(kit.roster().symbols()),
            subscriptions,
            kit.clock(),
            this,
            owner::isOpen);
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
    CompletableFuture<Session> upgrade =
        kit.transport().connect(uri, new FrameReader(inbound), attempt);
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

  Inbound inbound() {
    return inbound;
  }

  // ---- control thread ----

  private void opened(Session session) {
    if (!attempt.isOpen()) {
      session.disconnect();
      return;
    }
    attempt.opened(session);
    owner.opened(this);
  }

  /** Makes what it is subscribed to that which has a feed. */
  void follow() {
    if (attempt.phase().compareTo(ConnectionPhase.SUBSCRIBE) >= 0) {
      subscriptions.follow(kit.roster().feeds().all());
    }
  }

  private void granted(long requestId) {
    subscriptions.answered(requestId).forEach(Subscription::acknowledged);
    if (subscriptions.allAnswered()) {
      attempt.entered(ConnectionPhase.FIRST_DATA);
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
    owner.decide(() -> owner.ended(this, new Faults(ErrorKind.CLOSED, words)));
  }

  @Override
  public void failed(Throwable cause) {
    owner.decide(() -> socketGone(Faults.of(cause, attempt.phase())));
  }
}
