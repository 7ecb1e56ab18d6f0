package io.tapeflow.metrics;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeBatch;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The running sums of one instrument's trades, and a mark of them for each time at which trades
 * were made. What was traded in a window is the sums now minus the mark at its start, so windows
 * cost the writer nothing, and readers may have any number of them.
 *
 * <p>One thread writes at a time. Any thread may {@link #read()}, without ever holding up the
 * writer: the writer works on its own copy of the state and publishes it after each batch under a
 * version that is odd while it does; a reader that meets a change reads again.
 *
 * <p>Venues print trades a few milliseconds out of the order of their times now and then. Such a
 * trade takes the time of the one before it, so that times ascend as ids do.
 */
final class FlowTape implements TradeConsumer {
  /**
   * Bounds a tape at 2 million marks, about 200 MB. With times in milliseconds that is more than
   * half an hour of a trade in each.
   */
  static final int MAX_SEGMENTS = 8192;

  private final Instrument instrument;
  private final int maxSegments;

  // The writer's own.
  private final long[] state;
  private boolean begun;
  private long versions;

  /** The end of a run before, which this one takes over when it comes there; null if none. */
  private long[] predecessor;

  // Written by the writer between two versions, read by all.
  private final long[] published = new long[Slots.LENGTH];
  private volatile FlowMarks marks;
  private volatile long version;

  FlowTape(Instrument instrument) {
    this(instrument, MAX_SEGMENTS);
  }

  FlowTape(Instrument instrument, int maxSegments) {
    this(instrument, maxSegments, new long[Slots.LENGTH], FlowMarks.NONE);
  }

  private FlowTape(Instrument instrument, int maxSegments, long[] state, FlowMarks marks) {
    this.instrument = instrument;
    this.maxSegments = maxSegments;
    this.state = state;
    this.marks = marks;
  }

  /**
   * A tape that goes on where another ended. Trades up to that end, if it is given them, make its
   * windows reach back to them; until it is past the end, it shows nothing.
   *
   * @param predecessor what {@link #state()} of the other one gave
   */
  static FlowTape after(Instrument instrument, long[] predecessor) {
    FlowTape tape = new FlowTape(instrument);
    tape.predecessor = predecessor.clone();
    return tape;
  }

  /** The same tape at this moment, to go on apart from this one. */
  FlowTape fork() {
    FlowTape fork = new FlowTape(instrument, maxSegments, state.clone(), marks.fork());
    fork.begun = begun;
    return fork;
  }

  /** Whether it waits for the end of its predecessor. */
  boolean isWaiting() {
    return predecessor != null;
  }

  boolean hasBegun() {
    return begun;
  }

  long coveredId() {
    return state[Slots.COVERED_ID];
  }

  long lastId() {
    return state[Slots.LAST_ID];
  }

  /** A copy of the sums and of where they stand, without the marks. */
  long[] state() {
    return state.clone();
  }

  /**
   * Whether trades of the instrument belong on this tape. Ids that were seen before are repeats if
   * their times were too; with later times they are a new numbering, which has nothing to do with
   * the old one.
   */
  boolean isContinuedBy(TradeBatch trades) {
    return !begun
        || trades.id(0) > state[Slots.COVERED_ID]
        || trades.timeMicros(0) <= state[Slots.TIME];
  }

  @Override
  public void trade(long id, long time, long price, long quantity, boolean buy, int fills) {
    if (predecessor != null && id > predecessor[Slots.COVERED_ID]) {
      if (begun) {
        takeOver();
      } else {
        takeOver(id, time);
      }
    }
    if (begun && id <= state[Slots.COVERED_ID]) {
      return;
    }
    if (!begun) {
      begin(id, time);
    } else if (time > state[Slots.TIME]) {
      advance(time);
    }
    if (buy) {
      state[Slots.BUY_TRADES]++;
      Wide.add(state, Slots.BUY_QUANTITY, quantity);
      addValue(Slots.BUY_VALUE, price, quantity);
      Wide.add(state, Slots.CVD, quantity);
      if (Wide.compare(state, Slots.CVD, Slots.CVD_MAX) > 0) {
        Wide.copy(state, Slots.CVD, Slots.CVD_MAX);
      }
    } else {
      state[Slots.SELL_TRADES]++;
      Wide.add(state, Slots.SELL_QUANTITY, quantity);
      addValue(Slots.SELL_VALUE, price, quantity);
      Wide.subtract(state, Slots.CVD, quantity);
      if (Wide.compare(state, Slots.CVD, Slots.CVD_MIN) < 0) {
        Wide.copy(state, Slots.CVD, Slots.CVD_MIN);
      }
    }
    state[Slots.COVERED_ID] = id;
    state[Slots.LAST_ID] = id;
    state[Slots.LAST_PRICE] = price;
  }

  @Override
  public void block(long id) {
    if (begun) {
      state[Slots.COVERED_ID] = Math.max(state[Slots.COVERED_ID], id);
    }
  }

  @Override
  public void gap(long firstId, long lastId) {
    block(lastId);
  }

  /** When the last trade was received, by the monotonic clock. */
  void receivedAt(long nanos) {
    state[Slots.RECEIVED_NANOS] = nanos;
  }

  long receivedAt() {
    return state[Slots.RECEIVED_NANOS];
  }

  /**
   * Shows readers what has been added.
   *
   * @param keepMicros length of the longest window; what is older is forgotten
   */
  void publish(long keepMicros) {
    if (!begun) {
      return;
    }
    if (predecessor != null) {
      if (state[Slots.COVERED_ID] < predecessor[Slots.COVERED_ID]) {
        return;
      }
      takeOver();
    }
    version = ++versions;
    VarHandle.releaseFence();
    System.arraycopy(state, 0, published, 0, Slots.LENGTH);
    version = ++versions;
    setMarks(marks.prune(state[Slots.TIME] - keepMicros, maxSegments));
  }

  /** Whether there is something to read. */
  boolean isShown() {
    return version != 0;
  }

  /** The state last published, or null if there has been no trade. */
  FlowReading read() {
    long[] copy = new long[Slots.LENGTH];
    while (true) {
      long before = version;
      if (before == 0) {
        return null;
      }
      if ((before & 1) == 0) {
        System.arraycopy(published, 0, copy, 0, Slots.LENGTH);
        // The marks are only pruned after a newer state was published, so they fit the copy if
        // the version has not changed.
        FlowMarks fitting = marks;
        VarHandle.acquireFence();
        if (version == before) {
          return new FlowReading(instrument, copy, fitting);
        }
      }
      Thread.onSpinWait();
    }
  }

  /** Most often they are the same object still, and a volatile write is not for nothing. */
  private void setMarks(FlowMarks now) {
    if (now != marks) {
      marks = now;
    }
  }

  /** What the writer has so far. Only good until the next trade, and only for the writer. */
  FlowReading present() {
    return new FlowReading(instrument, state, marks);
  }

  private void begin(long id, long time) {
    begun = true;
    state[Slots.TIME] = time;
    state[Slots.FIRST_TIME] = time;
    state[Slots.FIRST_ID] = id;
    state[Slots.REACH] = time;
    state[Slots.LAST_ID] = id - 1;
    System.arraycopy(state, 0, state, Slots.BASE_MARK, Slots.MARK);
  }

  /**
   * The end of the predecessor has been reached, or passed. Its sums are those of this tape and of
   * what came before: they are added to all marks, as if there had been one tape only.
   */
  private void takeOver() {
    long[] before = Arrays.copyOf(predecessor, Slots.MARK);
    Slots.subtractSums(before, state);
    marks.shift(state[Slots.MARKS], before);
    before[Slots.LAST_ID] = state[Slots.BASE_MARK + Slots.LAST_ID];
    goOn(before, state[Slots.REACH], state[Slots.MARKS]);
  }

  /** The first trade comes after the end of the predecessor: windows reach back to it only. */
  private void takeOver(long id, long time) {
    long[] before = Arrays.copyOf(predecessor, Slots.MARK);
    before[Slots.LAST_ID] = id - 1;
    goOn(before, Math.max(time, before[Slots.TIME]), 0);
    begun = true;
    state[Slots.TIME] = state[Slots.REACH];
  }

  /** Takes the predecessor's state, but for what is known of the marks. */
  private void goOn(long[] base, long reach, long count) {
    long received = state[Slots.RECEIVED_NANOS];
    System.arraycopy(predecessor, 0, state, 0, Slots.LENGTH);
    predecessor = null;
    System.arraycopy(base, 0, state, Slots.BASE_MARK, Slots.MARK);
    state[Slots.REACH] = reach;
    state[Slots.MARKS] = count;
    state[Slots.RECEIVED_NANOS] = received;
  }

  /** Time goes on: the sums so far become the mark of the time before. */
  private void advance(long time) {
    setMarks(marks.append(state[Slots.MARKS]++, state));
    state[Slots.TIME] = time;
  }

  private void addValue(int at, long price, long quantity) {
    Wide.addProduct(state, at, price, quantity);
    // Each product is below 2^126 and the sum was below 2^127, so leaving that sets the sign.
    if (state[at] < 0) {
      state[Slots.OVERFLOW] = 1;
    }
  }
}
