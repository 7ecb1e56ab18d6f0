package io.tapeflow.stream;

import io.tapeflow.api.stream.ListenerStatus;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeListener;
import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.util.List;
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
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final String name;
  private final TradeListener listener;
  private final boolean fromHistory;
  private final Clock clock;
  private final List<Cursor> cursors = new CopyOnWriteArrayList<>();

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
      Predicate<Instrument> wanted,
      Clock clock) {
    this.name = name;
    this.listener = listener;
    this.fromHistory = fromHistory;
    this.wanted = wanted;
    this.clock = clock;
  }

  String name() {
    return name;
  }

  /** A tape is there. One that was there before the listener begins where the listener asked to. */
  void add(Tape tape, boolean thereBefore) {
    long begin = thereBefore && !fromHistory ? tape.endSequence() : tape.firstSequence();
    cursors.add(new Cursor(tape, begin));
    signal();
  }

  /** A tape is gone. What it still holds is not delivered. */
  void remove(Tape tape) {
    cursors.removeIf(cursor -> cursor.tape == tape);
  }

  void want(Predicate<Instrument> instruments) {
    wanted = instruments;
  }

  /** There may be something to deliver. Cheap while the pump is at work. */
  void signal() {
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  /** Lets the present call end and begins no other. */
  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    while (!closed) {
      if (!deliverSome()) {
        parked = true;
        // A signal between the last look and here would be lost: look once more.
        if (!closed && !deliverSome()) {
          LockSupport.parkNanos(IDLE_NANOS);
        }
        parked = false;
      }
    }
  }

  ListenerStatus status() {
    long lag = 0;
    for (Cursor cursor : cursors) {
      lag += wanted.test(cursor.tape.instrument()) ? cursor.lag() : 0;
    }
    long callNanos = inCall ? clock.nanos() - callSinceNanos : 0;
    return new ListenerStatus(
        name,
        delivered,
        lag,
        lost,
        failures,
        lastFailure,
        Duration.ofNanos(Math.max(0, callNanos)));
  }

  private boolean deliverSome() {
    boolean some = false;
    for (Cursor cursor : cursors) {
      if (closed) {
        return false;
      }
      some |= cursor.advance();
    }
    return some;
  }

  /** Calls the listener; nothing it throws gets out. Returns whether it took the call. */
  private boolean call(Runnable body) {
    callSinceNanos = clock.nanos();
    inCall = true;
    try {
      body.run();
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

  /** This listener's place on one tape. */
  private final class Cursor {
    private final Tape tape;
    private volatile long next;
    private long lastId = -1;

    Cursor(Tape tape, long next) {
      this.tape = tape;
      this.next = next;
    }

    long lag() {
      return Math.max(0, tape.endSequence() - next);
    }

    /** Hands over the next trades, with the gap before them. Returns whether there were any. */
    boolean advance() {
      if (!wanted.test(tape.instrument())) {
        next = tape.endSequence();
        lastId = -1;
        return false;
      }
      TapeBatch batch = tape.read(next, BATCH);
      // The tape may have dropped what was next; it then goes on with the oldest it has.
      boolean overtaken = batch.sequence() > next;
      if (batch.size() == 0) {
        return false;
      }
      if (lastId >= 0 && (overtaken || !batch.follows(0, lastId))) {
        tellGap(batch.id(0) - 1, overtaken);
      }
      TapeBatch run = batch.first(batch.contiguous());
      long firstId = run.id(0);
      lastId = run.id(run.size() - 1);
      if (call(() -> listener.onTrades(run))) {
        delivered = delivered + run.size();
      } else {
        lost = lost + run.size();
        gap(firstId, lastId, TradeGap.Cause.LISTENER_FAILED);
      }
      next = run.sequence() + run.size();
      return true;
    }

    private void tellGap(long untilId, boolean overtaken) {
      long count = untilId - lastId;
      if (overtaken) {
        lost = lost + count;
        LOG.warn(
            "Listener {} is too slow: {} trades of {} lost to it",
            name,
            count,
            tape.instrument().key());
      }
      gap(
          lastId + 1,
          untilId,
          overtaken ? TradeGap.Cause.LISTENER_TOO_SLOW : TradeGap.Cause.MISSING);
    }

    private void gap(long first, long last, TradeGap.Cause cause) {
      TradeGap gap = new TradeGap(tape.instrument(), first, last, cause);
      call(() -> listener.onGap(gap));
    }
  }
}
