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

  /** Id of the last trade; before the first one, the id before its. */
  static final int LAST_ID = 11;

  /** Number of slots, from the first, that make a mark. */
  static final int MARK = 12;

  static final int CVD = 12;
  static final int CVD_MAX = 14;
  static final int CVD_MIN = 16;

  /** The last id accounted for: that of a trade, a block trade, or the end of a gap. */
  static final int COVERED_ID = 18;

  static final int LAST_PRICE = 19;
  static final int FIRST_TIME = 20;
  static final int FIRST_ID = 21;

  /**
   * Time of the first trade that marks can have been made of: later than the first one known if the
   * state was taken over from a run before.
   */
  static final int REACH = 22;

  /** Monotonic time at which the last trade was received. */
  static final int RECEIVED_NANOS = 23;

  /** Number of marks. */
  static final int MARKS = 24;

  /** 1 once a sum of values has left 127 bits. */
  static final int OVERFLOW = 25;

  /** The mark before the trade at {@link #REACH}. */
  static final int BASE_MARK = 26;

  static final int LENGTH = BASE_MARK + MARK;

  private Slots() {}

  /** Adds the sums of one mark to another's. */
  static void addSums(long[] mark, long[] sums) {
    for (int at = BUY_QUANTITY; at < BUY_TRADES; at += 2) {
      Wide.add(mark, at, sums);
    }
    mark[BUY_TRADES] += sums[BUY_TRADES];
    mark[SELL_TRADES] += sums[SELL_TRADES];
  }

  /** Takes the sums of one mark from another's. */
  static void subtractSums(long[] mark, long[] sums) {
    for (int at = BUY_QUANTITY; at < BUY_TRADES; at += 2) {
      Wide.subtract(mark, at, sums);
    }
    mark[BUY_TRADES] -= sums[BUY_TRADES];
    mark[SELL_TRADES] -= sums[SELL_TRADES];
  }
}
