package io.tapeflow.stream;

import io.tapeflow.api.stream.ListenerStatus;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeGap.Cause;
import io.tapeflow.api.trade.TradeListener;
import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries trades from the tapes to one listener, on a thread of its own, so that a slow listener
 * keeps nobody waiting: the tapes go on, and what they drop before it came is told to it as a gap.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // the pump's own thread is the only writer
final class ListenerPump implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerPump.class);
  private static final int BATCH = 256;

  /** How long a listener that must have all is waited for while it takes nothing. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /**
   * Once it has been woken twice within such a time, the pump sleeps for as long before it is woken
   * again: at ten thousand a second, to be woken for each trade would cost more than all that is
   * done with it.
   */
  private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private final String name;
  private final TradeListener listener;
  private final boolean fromHistory;
  private final boolean lossless;
  private final long delayNanos;
  private final Clock clock;
  private final long begunMicros;
  private final DelayCounter waits = new DelayCounter();
  private final List<TapeCursor> cursors = new CopyOnWriteArrayList<>();

  /** How far the listener came on the tapes that are gone. */
  private final Map<Instrument, Place> places;

  private volatile Predicate<Instrument> wanted;
  private volatile Thread thread;
  private volatile boolean closed;
  private volatile boolean parked;
  private volatile long callSinceNanos;
  private volatile boolean inCall;
  private volatile long delivered;
  private volatile long lost;
  private volatile long failures;
  private volatile String lastFailure;

  ListenerPump(
      String name,
      TradeListener listener,
      boolean fromHistory,
      boolean lossless,
      long delayNanos,
      Predicate<Instrument> wanted,
      Map<Instrument, Place> places,
      Clock clock) {
    this.name = name;
    this.listener = listener;
    this.fromHistory = fromHistory;
    this.lossless = lossless;
    this.delayNanos = delayNanos;
    this.wanted = wanted;
    this.places = new ConcurrentHashMap<>(places);
    this.clock = clock;
    this.begunMicros = clock.wallMicros();
  }

  String name() {
    return name;
  }

  /** A tape is there: go on where this listener was on its instrument, or begin as it asked to. */
  void add(Tape tape) {
    Place place = places.remove(tape.instrument());
    TapeCursor begin =
        place != null
            ? TapeCursor.at(tape, place)
            : fromHistory ? TapeCursor.atOldest(tape) : TapeCursor.atNext(tape);
    cursors.add(begin);
    signal();
  }

  /** A tape is gone. What it still holds is not delivered, unless another one goes on with it. */
  void remove(Tape tape) {
    for (TapeCursor cursor : List.copyOf(cursors)) {
      if (cursor.tape() == tape) {
        cursors.remove(cursor);
        leave(cursor);
      }
    }
  }

  private void leave(TapeCursor cursor) {
    Place place = cursor.take();
    if (place != null && wanted.test(cursor.tape().instrument())) {
      places.put(cursor.tape().instrument(), place);
    }
  }

  void want(Predicate<Instrument> instruments) {
    wanted = instruments;
  }

  /**
   * Waits until a listener that must have all has taken a tape's trades up to an id, for as long as
   * it goes on taking some. Called by the tape's writer.
   */
  void awaitPast(Tape tape, long id) {
    if (lossless && wanted.test(tape.instrument())) {
      for (TapeCursor cursor : cursors) {
        if (cursor.tape() == tape) {
          awaitPast(cursor, id);
        }
      }
    }
  }

  private void awaitPast(TapeCursor cursor, long id) {
    long reached = cursor.handedTo();
    long since = clock.nanos();
    while (reached < id && !closed && !cursor.isStuckAt(reached)) {
      signal();
      LockSupport.parkNanos(PAUSE_NANOS);
      long now = cursor.handedTo();
      if (now != reached) {
        since = clock.nanos();
        reached = now;
      } else if (clock.nanos() - since > PATIENCE_NANOS || Thread.currentThread().isInterrupted()) {
        cursor.stuckAt(reached);
      }
    }
  }

  /** There may be something to deliver. Cheap while the pump is at work. */
  void signal() {
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  /** Lets the present call end and begins no other. Returns how far the listener has come. */
  Map<Instrument, Place> close() {
    closed = true;
    LockSupport.unpark(thread);
    cursors.forEach(this::leave);
    cursors.clear();
    return places;
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    long wokenNanos = clock.nanos();
    boolean dense = false;
    while (!closed) {
      if (deliverSome()) {
        continue;
      }
      if (delayNanos > 0) {
        LockSupport.parkNanos(delayNanos);
      } else if (dense) {
        LockSupport.parkNanos(NAP_NANOS);
        dense = false;
      } else {
        awaitSignal();
        long now = clock.nanos();
        dense = now - wokenNanos < NAP_NANOS;
        wokenNanos = now;
      }
    }
  }

  private void awaitSignal() {
    parked = true;
    // A signal between the last look and here would be lost: look once more.
    if (!closed && !deliverSome()) {
      LockSupport.parkNanos(IDLE_NANOS);
    }
    parked = false;
  }

  ListenerStatus status() {
    long lag = 0;
    for (TapeCursor cursor : cursors) {
      lag += wanted.test(cursor.tape().instrument()) ? cursor.lag() : 0;
    }
    long callNanos = inCall ? clock.nanos() - callSinceNanos : 0;
    return new ListenerStatus(
        name,
        delivered,
        lag,
        lost,
        failures,
        lastFailure,
        Duration.ofNanos(Math.max(0, callNanos)),
        waits.reading());
  }

  private boolean deliverSome() {
    boolean some = false;
    for (TapeCursor cursor : cursors) {
      if (closed) {
        return false;
      }
      some |= advance(cursor);
    }
    return some;
  }

  /** Tells the listener what is next on one tape. Returns whether there was anything. */
  private boolean advance(TapeCursor cursor) {
    if (!cursor.hasNew()) {
      return false;
    }
    if (!wanted.test(cursor.tape().instrument())) {
      cursor.skip();
      return false;
    }
    Notice notice = cursor.next(BATCH);
    if (notice == null) {
      return false;
    }
    if (notice instanceof Notice.Gap told && told.gap().cause() == Cause.LISTENER_TOO_SLOW) {
      countTooSlow(told.gap());
    }
    if (notice instanceof Notice.Trades told) {
      countWait(told.batch());
    }
    if (call(notice)) {
      delivered = delivered + notice.trades();
    } else if (notice.ifFailed() != null) {
      lost = lost + notice.trades();
      call(new Notice.Gap(notice.ifFailed()));
    }
    cursor.handed();
    return true;
  }

  private void countWait(TapeBatch trades) {
    long received = trades.receivedMicros(0);
    if (received >= begunMicros) {
      waits.record(clock.wallMicros() - received);
    }
  }

  private void countTooSlow(TradeGap gap) {
    lost = lost + gap.count();
    LOG.warn(
        "Listener {} is too slow: {} trades of {} lost to it",
        name,
        gap.count(),
        gap.instrument().key());
  }

  /** Calls the listener; nothing it throws gets out. Returns whether it took the call. */
  private boolean call(Notice notice) {
    callSinceNanos = clock.nanos();
    inCall = true;
    try {
      notice.tell(listener);
      return true;
    } catch (Throwable t) {
      countFailure(t);
      return false;
    } finally {
      inCall = false;
      // What a listener leaves behind must not end this thread; only close() does.
      Thread.interrupted();
    }
  }

  private void countFailure(Throwable t) {
    failures = failures + 1;
    if (!t.toString().equals(lastFailure)) {
      LOG.warn("Listener {} failed; the trades of the call count as lost to it", name, t);
    }
    lastFailure = t.toString();
  }
}
