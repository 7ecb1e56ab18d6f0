package io.tapeflow.stream;

import java.util.Arrays;

/** Trades of one answer of REST that come after what follows them has been released. */
final class LateTrades {
  private static final int FIRST_ROWS = 64;

  private final IdRanges accounted = new IdRanges();
  private long[] rows = new long[FIRST_ROWS * TapeRow.LONGS];
  private int size;

  /**
   * What came of them.
   *
   * @param ids that had been missing
   * @param trades among them
   */
  record Account(long ids, long trades) {}

  /** A trade of the page, behind the last one. */
  void add(BackfillPage page, int index, long receivedMicros) {
    int row = size * TapeRow.LONGS;
    if (row == rows.length) {
      rows = Arrays.copyOf(rows, rows.length * 2);
    }
    rows[row + TapeRow.ID] = page.id(index);
    rows[row + TapeRow.PRICE] = page.price(index);
    rows[row + TapeRow.QUANTITY] = page.quantity(index);
    rows[row + TapeRow.TIME] = page.timeMicros(index);
    rows[row + TapeRow.RECEIVED] = receivedMicros;
    rows[row + TapeRow.FLAGS] = TapeRow.repaired(page.flags(index));
    size++;
    account(page.id(index), page.id(index));
  }

  /** Ids of which is now known what they are; nothing if the range is empty. */
  void account(long first, long last) {
    if (first <= last) {
      accounted.add(first, last);
    }
  }

  /** Puts in what the tape still misses of them. */
  Account putInto(Tape tape) {
    long ids = 0;
    long trades = 0;
    for (int i = 0; i < accounted.size(); i++) {
      long from = accounted.first(i);
      long last = accounted.last(i);
      Ids hole = tape.view().holeFrom(from);
      while (hole != null && hole.first() <= last) {
        Ids part = new Ids(hole.first(), Math.min(last, hole.last()));
        long[] late = rowsOf(part);
        int count = late.length / TapeRow.LONGS;
        if (tape.amend(part.first(), part.last(), late, count)) {
          ids += part.count();
          trades += count;
        }
        hole = tape.view().holeFrom(part.last() + 1);
      }
    }
    return new Account(ids, trades);
  }

  private long[] rowsOf(Ids part) {
    int from = 0;
    while (from < size && id(from) < part.first()) {
      from++;
    }
    int to = from;
    while (to < size && id(to) <= part.last()) {
      to++;
    }
    return Arrays.copyOfRange(rows, from * TapeRow.LONGS, to * TapeRow.LONGS);
  }

  private long id(int index) {
    return rows[index * TapeRow.LONGS + TapeRow.ID];
  }
}
