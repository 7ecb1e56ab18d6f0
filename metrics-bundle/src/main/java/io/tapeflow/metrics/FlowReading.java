package io.tapeflow.metrics;

import io.tapeflow.api.trade.Instrument;
import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;

/** A tape as it was after some trade. Times are exchange times in microseconds. */
final class FlowReading {
  private static final long DAY = TimeUnit.DAYS.toMicros(1);
  private static final long[] NOTHING = new long[Slots.MARK];

  private final Instrument instrument;
  private final long[] state;
  private final FlowMarks marks;

  FlowReading(Instrument instrument, long[] state, FlowMarks marks) {
    this.instrument = instrument;
    this.state = state;
    this.marks = marks;
  }

  /** 00:00 UTC of a time's day. */
  static long sessionStart(long time) {
    return Math.floorDiv(time, DAY) * DAY;
  }

  Instrument instrument() {
    return instrument;
  }

  long lastId() {
    return state[Slots.LAST_ID];
  }

  long lastTime() {
    return state[Slots.TIME];
  }

  long firstTime() {
    return state[Slots.FIRST_TIME];
  }

  /** Time since the last trade was received, by the monotonic clock. */
  long ageNanos(long nanos) {
    return Math.max(0, nanos - state[Slots.RECEIVED_NANOS]);
  }

  /**
   * The time at the exchange: that of the last trade, and what has passed since. The next trade may
   * set it back by a few milliseconds, if it was faster on its way than the last one.
   */
  long timeAt(long nanos) {
    return lastTime() + TimeUnit.NANOSECONDS.toMicros(ageNanos(nanos));
  }

  BigDecimal lastPrice() {
    return instrument.price(state[Slots.LAST_PRICE]);
  }

  BigDecimal maxCvd() {
    return Wide.decimal(state, Slots.CVD_MAX, instrument.quantityScale());
  }

  BigDecimal minCvd() {
    return Wide.decimal(state, Slots.CVD_MIN, instrument.quantityScale());
  }

  /**
   * The time behind which every trade is known and still in the marks. Of trades at that very time
   * some may have come before the first one known.
   */
  long reach() {
    return marks.oldest() == 0 ? firstTime() : marks.time(marks.oldest());
  }

  /** Whether no id is missing among the trades known that are later than a time. */
  boolean isCompleteAfter(long time) {
    return isComplete() || state[Slots.GAP_END] <= time;
  }

  /** Whether no id is missing since the first trade. */
  boolean isComplete() {
    return state[Slots.GAPS] == 0;
  }

  /** Whether ids are missing behind the last trade. */
  boolean isGapOpen() {
    return state[Slots.GAP_END] == Long.MAX_VALUE;
  }

  /** All trades since the first. */
  Flow all() {
    return since(NOTHING);
  }

  /** Trades later than a time, as far as the marks reach. */
  Flow after(long time) {
    if (time >= lastTime()) {
      return none();
    }
    long count = state[Slots.MARKS];
    long from = marks.lastUpTo(time, count);
    if (from >= marks.oldest()) {
      return since(marks.mark(from));
    }
    // The window begins before the reach: what there is of it.
    return marks.oldest() == 0 ? all() : since(marks.mark(marks.oldest()));
  }

  /** Trades of the session that a time belongs to; the time is not before the last trade. */
  Flow session(long time) {
    if (sessionStart(time) != state[Slots.SESSION_START]) {
      return none();
    }
    long[] from = new long[Slots.MARK];
    System.arraycopy(state, Slots.SESSION_MARK, from, 0, Slots.MARK);
    return since(from);
  }

  private Flow none() {
    return since(state);
  }

  private Flow since(long[] mark) {
    return new Flow(instrument, state, mark, state[Slots.OVERFLOW] == 0);
  }
}
