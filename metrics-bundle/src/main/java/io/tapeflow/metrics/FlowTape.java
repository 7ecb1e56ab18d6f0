package io.tapeflow.metrics;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;

/**
 * The running sums of one instrument's trades, and a mark of them for each time at which trades
 * were made. What was traded in a window is the sums now minus the mark at its start, so windows
 * cost the writer nothing, and readers may have any number of them.
 *
 * <p>One thread writes. Any thread may {@link #read()}, without ever holding up the writer: the
 * writer works on its own copy of the state and publishes it after each batch under a version that
 * is odd while it does; a reader that meets a change reads again.
 *
 * <p>Venues print trades a few milliseconds out of the order of their times now and then. Such a
 * trade takes the time of the one before it, so that times ascend as ids do.
 */
final class FlowTape {
  /**
   * Bounds a tape at 2 million marks, about 185 MB. With times in milliseconds that is more than
   * half an hour of a trade in each.
   */
  static final int MAX_SEGMENTS = 8192;

  private static final long DAY = TimeUnit.DAYS.toMicros(1);

  private final Instrument instrument;
  private final int maxSegments;

  // The writer's own.
  private final long[] state = new long[Slots.LENGTH];
  private boolean begun;
  private boolean gapOpen;
  private long coveredId;
  private long sessionEnd;
  private long versions;

  // Written by the writer between two versions, read by all.
  private final long[] published = new long[Slots.LENGTH];
  private volatile FlowMarks marks = FlowMarks.NONE;
  private volatile long version;

  FlowTape(Instrument instrument) {
    this(instrument, MAX_SEGMENTS);
  }

  FlowTape(Instrument instrument, int maxSegments) {
    this.instrument = instrument;
    this.maxSegments = maxSegments;
  }

  /**
   * Whether trades of the instrument belong on this tape. Ids that were seen before are repeats if
   * their times were too; with later times they are a new numbering, which has nothing to do with
   * the old one.
   */
  boolean isContinuedBy(TradeBatch trades) {
    return !begun || trades.id(0) > coveredId || trades.timeMicros(0) <= state[Slots.TIME];
  }

  /**
   * Adds trades; those whose ids have been covered before are left out.
   *
   * @param nanos monotonic time now
   * @param wallMicros the same moment by the wall clock, to which times of receipt are compared
   * @param keepMicros length of the longest window
   */
  void append(TradeBatch trades, long nanos, long wallMicros, long keepMicros) {
    int last = -1;
    int size = trades.size();
    for (int i = 0; i < size; i++) {
      long id = trades.id(i);
      if (begun && id <= coveredId) {
        continue;
      }
      coveredId = id;
      if (!trades.block(i)) {
        add(id, trades.timeMicros(i), trades.price(i), trades.quantity(i), trades.aggressor(i));
        last = i;
      }
    }
    if (last >= 0) {
      // A trade from history was received long before it was handed over.
      long lagMicros = Math.max(0, wallMicros - trades.receivedMicros(last));
      state[Slots.RECEIVED_NANOS] = nanos - TimeUnit.MICROSECONDS.toNanos(lagMicros);
    }
    publish();
    setMarks(marks.prune(state[Slots.TIME] - keepMicros, maxSegments));
  }

  /** Notes that ids are missing. Those before the first trade are not missed. */
  void gap(TradeGap gap) {
    if (begun) {
      coveredId = Math.max(coveredId, gap.lastId());
      openGap();
      publish();
    }
  }

  /** The state after the last batch, or null if there has been no trade. */
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

  private void publish() {
    if (begun) {
      version = ++versions;
      VarHandle.releaseFence();
      System.arraycopy(state, 0, published, 0, Slots.LENGTH);
      version = ++versions;
    }
  }

  /** Most often they are the same object still, and a volatile write is not for nothing. */
  private void setMarks(FlowMarks now) {
    if (now != marks) {
      marks = now;
    }
  }

  private void begin(long time) {
    begun = true;
    state[Slots.TIME] = time;
    state[Slots.FIRST_TIME] = time;
    beginSession(time);
  }

  private void openGap() {
    if (!gapOpen) {
      gapOpen = true;
      state[Slots.GAPS]++;
      state[Slots.GAP_END] = Long.MAX_VALUE;
    }
  }

  private void add(long id, long time, long price, long quantity, Side aggressor) {
    if (!begun) {
      begin(time);
    } else if (time > state[Slots.TIME]) {
      advance(time);
    }
    if (gapOpen) {
      gapOpen = false;
      state[Slots.GAP_END] = state[Slots.TIME];
    }
    if (aggressor == Side.BUY) {
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
    state[Slots.LAST_ID] = id;
    state[Slots.LAST_PRICE] = price;
  }

  /** Time goes on: the sums so far become the mark of the time before. */
  private void advance(long time) {
    setMarks(marks.append(state[Slots.MARKS]++, state));
    if (time >= sessionEnd) {
      beginSession(time);
    }
    state[Slots.TIME] = time;
  }

  private void beginSession(long time) {
    long start = FlowReading.sessionStart(time);
    sessionEnd = start + DAY;
    state[Slots.SESSION_START] = start;
    System.arraycopy(state, 0, state, Slots.SESSION_MARK, Slots.MARK);
  }

  private void addValue(int at, long price, long quantity) {
    Wide.addProduct(state, at, price, quantity);
    // Each product is below 2^126 and the sum was below 2^127, so leaving that sets the sign.
    if (state[at] < 0) {
      state[Slots.OVERFLOW] = 1;
    }
  }
}
