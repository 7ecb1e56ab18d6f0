package io.tapeflow.stream;

/** How a trade lies in an array of longs: 48 bytes, so that a tape is memory without objects. */
final class TapeRow {
  static final int ID = 0;
  static final int PRICE = 1;
  static final int QUANTITY = 2;
  static final int TIME = 3;
  static final int RECEIVED = 4;
  static final int FLAGS = 5;
  static final int LONGS = 6;
  static final int BYTES = LONGS * Long.BYTES;

  private static final long BUY = 1;
  private static final long REPAIRED = 2;
  private static final long BLOCK = 4;
  private static final int FILLS_SHIFT = 8;

  private TapeRow() {}

  static long flags(boolean buy, int fills, boolean repaired, boolean block) {
    return ((long) fills << FILLS_SHIFT)
        | (buy ? BUY : 0)
        | (repaired ? REPAIRED : 0)
        | (block ? BLOCK : 0);
  }

  static boolean isBuy(long flags) {
    return (flags & BUY) != 0;
  }

  static boolean isRepaired(long flags) {
    return (flags & REPAIRED) != 0;
  }

  static boolean isBlock(long flags) {
    return (flags & BLOCK) != 0;
  }

  /** The flags of a trade that was not released in its turn. */
  static long repaired(long flags) {
    return flags | REPAIRED;
  }

  static int fills(long flags) {
    return (int) (flags >>> FILLS_SHIFT);
  }
}
