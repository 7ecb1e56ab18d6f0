package io.tapeflow.stream;

import io.tapeflow.api.venue.BackfillSink;
import java.util.Arrays;

/** The trades of one REST answer, in the order of their ids. */
final class BackfillPage implements BackfillSink {
  private static final int FIRST_ROWS = 64;
  private static final long UNREADABLE = -1;

  private long[] rows = new long[FIRST_ROWS * TapeRow.LONGS];
  private int size;

  @Override
  public void trade(long id, long price, long quantity, long timeMicros, boolean buy, int fills) {
    add(id, price, quantity, timeMicros, TapeRow.flags(buy, fills, true, false));
  }

  @Override
  public void noTrade(long id) {
    add(id, 0, 0, 0, 0);
  }

  @Override
  public void unreadable(long id, String reason) {
    add(id, 0, UNREADABLE, 0, 0);
  }

  int size() {
    return size;
  }

  /** The last id, or -1 if there is none. */
  long lastId() {
    return size == 0 ? -1 : id(size - 1);
  }

  boolean isTrade(int index) {
    return quantity(index) > 0;
  }

  /** Whether the venue lists the id but says that it is no trade. */
  boolean isNoTrade(int index) {
    return quantity(index) == 0;
  }

  long id(int index) {
    return rows[index * TapeRow.LONGS + TapeRow.ID];
  }

  long price(int index) {
    return rows[index * TapeRow.LONGS + TapeRow.PRICE];
  }

  long quantity(int index) {
    return rows[index * TapeRow.LONGS + TapeRow.QUANTITY];
  }

  long timeMicros(int index) {
    return rows[index * TapeRow.LONGS + TapeRow.TIME];
  }

  long flags(int index) {
    return rows[index * TapeRow.LONGS + TapeRow.FLAGS];
  }

  /**
   * Whether a row agrees with the stream. Quantities do not count: REST may not say which part of
   * one a venue's option leaves out.
   */
  boolean isSame(int index, long price, boolean buy) {
    return price(index) == price && TapeRow.isBuy(flags(index)) == buy;
  }

  private void add(long id, long price, long quantity, long timeMicros, long flags) {
    if (id <= lastId()) {
      throw new IllegalArgumentException("id " + id + " follows id " + lastId());
    }
    int row = size * TapeRow.LONGS;
    if (row == rows.length) {
      rows = Arrays.copyOf(rows, rows.length * 2);
    }
    rows[row + TapeRow.ID] = id;
    rows[row + TapeRow.PRICE] = price;
    rows[row + TapeRow.QUANTITY] = quantity;
    rows[row + TapeRow.TIME] = timeMicros;
    rows[row + TapeRow.FLAGS] = flags;
    size++;
  }
}
