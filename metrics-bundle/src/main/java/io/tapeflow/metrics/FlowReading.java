package io.tapeflow.metrics;

import io.tapeflow.api.trade.Instrument;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A tape as it was after some trade. Times are exchange times in microseconds. */
final class FlowReading {
  private final Instrument instrument;
  private final long[] state;
  private final FlowMarks marks;

  FlowReading(Instrument instrument, long[] state, FlowMarks marks) {
    this.instrument = instrument;
    this.state = state;
    this.marks = marks;
  }

  Instrument instrument() {
    return instrument;
  }

  long lastId() {
    return state[Slots.LAST_ID];
  }

  /** The last id accounted for; behind the last trade if ids are missing there. */
  long coveredId() {
    return state[Slots.COVERED_ID];
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
    return marks.oldest() == 0 ? state[Slots.REACH] : marks.time(marks.oldest());
  }

  /** The mark before the first trade of all. */
  long[] startMark() {
    long[] mark = new long[Slots.MARK];
    mark[Slots.LAST_ID] = state[Slots.FIRST_ID] - 1;
    return mark;
  }

  /** The last mark that is not later than a time, or the earliest there is. */
  long[] markAt(long time) {
    if (time >= lastTime()) {
      return state;
    }
    long count = state[Slots.MARKS];
    long from = marks.lastUpTo(time, count);
    if (from >= marks.oldest()) {
      return marks.mark(from);
    }
    // The window begins before the reach: what there is of it.
    return marks.oldest() == 0 ? part(Slots.BASE_MARK) : marks.mark(marks.oldest());
  }

  /** What was traded since a mark. */
  Flow since(long[] mark) {
    return new Flow(instrument, state, mark, state[Slots.OVERFLOW] == 0);
  }

  /** All trades since the first. */
  Flow all() {
    return since(startMark());
  }

  /** Trades later than a time, as far as the marks reach. */
  Flow after(long time) {
    return since(markAt(time));
  }

  private long[] part(int from) {
    return Arrays.copyOfRange(state, from, from + Slots.MARK);
  }
}
