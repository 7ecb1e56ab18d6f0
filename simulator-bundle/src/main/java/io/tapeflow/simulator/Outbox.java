package io.tapeflow.simulator;

import static io.tapeflow.api.simulator.FaultKind.NO_DATA;
import static io.tapeflow.api.simulator.FaultKind.PINGS_ONLY;
import static io.tapeflow.api.simulator.FaultKind.SILENT_IN_SUBSCRIBE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.websocket.core.CoreSession;

/**
 * Writes to one connection: answers first, then what is new on the subscribed tapes, one write at a
 * time. Nothing is queued for a slow reader; it only falls behind on the tapes.
 *
 * <p>Whoever has something new calls {@link #iterate()}, and does the writing if nobody else does.
 * Jetty's base class makes {@link #process()} exclusive, so that the answers come in order and a
 * subscription's first trade after its acknowledgement.
 */
final class Outbox extends IteratingCallback {
  private final CoreSession session;
  private final Exchange exchange;
  // Whether this is the route on which trades are streamed.
  private final boolean served;
  private final FrameBatch batch;
  private final Runnable tooSlow;
  private final Queue<Runnable> actions = new ConcurrentLinkedQueue<>();
  private volatile boolean withheld;
  private int turn;
  // Null while the connection goes on; touched by the pump alone.
  private Runnable ending;

  // Guarded by itself: changed by actions, and emptied by whoever closes.
  private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
  private boolean closed;
  private volatile List<Subscription> active = List.of();

  Outbox(
      CoreSession session,
      Exchange exchange,
      boolean served,
      boolean combined,
      boolean micros,
      Runnable tooSlow) {
    this.served = served;
    this.session = session;
    this.exchange = exchange;
    this.batch = new FrameBatch(combined, micros);
    this.tooSlow = tooSlow;
  }

  /** Has something done between two writes. The methods below are for such actions. */
  void post(Runnable action) {
    actions.add(action);
    iterate();
  }

  void reply(String text) {
    batch.text(text);
  }

  boolean combined() {
    return batch.combined();
  }

  void combined(boolean wrapped) {
    batch.combined(wrapped);
  }

  List<String> streams() {
    synchronized (subscriptions) {
      return List.copyOf(subscriptions.keySet());
    }
  }

  /** Enters streams. Those that do not exist are entered too, and stay silent. */
  void subscribe(List<String> streams) {
    synchronized (subscriptions) {
      if (closed) {
        return;
      }
      for (String stream : streams) {
        if (!subscriptions.containsKey(stream)) {
          Market market = served ? exchange.marketOfStream(stream) : null;
          Subscription subscription =
              market == null ? null : new Subscription(market, exchange.faults(), this::iterate);
          subscriptions.put(stream, subscription);
          if (subscription != null) {
            market.join(subscription);
          }
        }
      }
      remember();
    }
  }

  void unsubscribe(List<String> streams) {
    synchronized (subscriptions) {
      for (String stream : streams) {
        leave(subscriptions.remove(stream));
      }
      remember();
    }
  }

  /** Sends nothing more of a symbol, or of any if it is empty, until it is subscribed anew. */
  void silence(String symbol) {
    for (Subscription subscription : active) {
      if (symbol.isEmpty() || subscription.market().symbol().equals(symbol)) {
        subscription.silence();
      }
    }
  }

  /** Sends a message of some size. */
  void sendOversized(int kib) {
    batch.oversized(kib);
  }

  /** Sends half of a frame, and does something when it has left; nothing is sent afterwards. */
  void sendHalfFrame(Runnable then) {
    batch.halfFrame();
    ending = then;
  }

  /** Says that the server will shut down. */
  void announceShutdown() {
    batch.shutdown();
  }

  /** Something was not sent because of a fault. */
  void withhold() {
    withheld = true;
  }

  /** Whether a fault has kept something from this connection, or still does. */
  boolean hasWithheld() {
    return withheld || active.stream().anyMatch(Subscription::isSilenced);
  }

  /** Leaves all markets, for good. */
  void abandon() {
    synchronized (subscriptions) {
      closed = true;
      subscriptions.values().forEach(Outbox::leave);
      subscriptions.clear();
      remember();
    }
    close();
  }

  @Override
  protected Action process() {
    if (ending != null) {
      ending.run();
      return Action.IDLE;
    }
    batch.begin(exchange.clock().wallMicros());
    for (Runnable action = next(); action != null; action = next()) {
      action.run();
    }
    if (ending != null) {
      batch.send(session, this);
      return Action.SCHEDULED;
    }
    if (isMuted()) {
      mute();
    } else if (!sendTrades()) {
      tooSlow.run();
    }
    if (batch.isEmpty()) {
      return Action.IDLE;
    }
    batch.send(session, this);
    return Action.SCHEDULED;
  }

  @Override
  protected void onFailure(Throwable cause) {
    session.abort();
  }

  private Runnable next() {
    return ending == null ? actions.poll() : null;
  }

  private boolean sendTrades() {
    long nanos = exchange.clock().nanos();
    List<Subscription> now = active;
    boolean kept = true;
    // Each goes first in its turn, so that a busy one cannot keep the others out of the batch.
    turn++;
    for (int i = 0; i < now.size(); i++) {
      kept &= now.get(Math.floorMod(turn + i, now.size())).send(batch, nanos);
    }
    return kept;
  }

  private boolean isMuted() {
    Faults faults = exchange.faults();
    return faults.isOn(NO_DATA) || faults.isOn(PINGS_ONLY) || faults.isOn(SILENT_IN_SUBSCRIBE);
  }

  private void mute() {
    for (Subscription subscription : active) {
      withheld = true;
      subscription.skip();
    }
  }

  private void remember() {
    exchange.tally().streams(subscriptions.size());
    List<Subscription> next = new ArrayList<>(subscriptions.values());
    next.removeIf(subscription -> subscription == null);
    active = List.copyOf(next);
  }

  private static void leave(Subscription subscription) {
    if (subscription != null) {
      subscription.market().leave(subscription);
    }
  }
}
