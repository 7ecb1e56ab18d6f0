package io.tapeflow.metrics;

/**
 * Where a tape's running state is in its array of longs. Quantities and values are {@link Wide} and
 * take two slots.
 */
final class Slots {
  /** Exchange time of the last trade, microseconds. Ascending: see {@link FlowTape}. */
  static final int TIME = 0;

  // Sums since the first trade.
  static final int BUY_QUANTITY = 1;
  static final int SELL_QUANTITY = 3;
  static final int BUY_VALUE = 5;
  static final int SELL_VALUE = 7;
  static final int BUY_TRADES = 9;
  static final int SELL_TRADES = 10;

  /** Number of slots, from the first, that make a mark. */
  static final int MARK = 11;

  static final int CVD = 11;
  static final int CVD_MAX = 13;
  static final int CVD_MIN = 15;
  static final int LAST_ID = 17;
  static final int LAST_PRICE = 18;
  static final int FIRST_TIME = 19;

  /** Monotonic time at which the last trade was received. */
  static final int RECEIVED_NANOS = 20;

  /** Number of marks. */
  static final int MARKS = 21;

  /** Number of gaps. */
  static final int GAPS = 22;

  /** Time of the first trade behind the last gap; the end of time while none has come. */
  static final int GAP_END = 23;

  /** 1 once a sum of values has left 127 bits. */
  static final int OVERFLOW = 24;

  /** 00:00 UTC of the last trade's day. */
  static final int SESSION_START = 25;

  /** The mark before the session's first trade. */
  static final int SESSION_MARK = 26;

  static final int LENGTH = SESSION_MARK + MARK;

  private Slots() {}
}
