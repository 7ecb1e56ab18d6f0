package io.tapeflow.metrics.footprint;

import io.tapeflow.metrics.Wide;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Volumes at the two highest and the two lowest rows of a bar. They are enough: nothing has been
 * traded between an extreme and a new one that lies further out, so the row next to the new one is
 * the old one or empty.
 */
final class Extremes {
  /** A row: its offset in the sums. Bought volume comes first, sold volume behind it. */
  enum Row {
    HIGH(0),
    BELOW_HIGH(STRIDE),
    LOW(2 * STRIDE),
    ABOVE_LOW(3 * STRIDE);

    private final int at;

    Row(int at) {
      this.at = at;
    }
  }

  private static final int STRIDE = 4;
  private static final int SELL = 2;

  private final long[] sums = new long[4 * STRIDE];
  private long rowSize;
  private long high;
  private long low;

  /** Whether there is no trade in it. */
  boolean isEmpty() {
    return rowSize == 0;
  }

  void clear() {
    Arrays.fill(sums, 0);
    rowSize = 0;
  }

  /** The size of a row; 0 if it is empty. */
  long rowSize() {
    return rowSize;
  }

  /** Begins with the row of a first trade. */
  void begin(long size, long price) {
    rowSize = size;
    high = Math.floorDiv(price, size);
    low = high;
  }

  void add(long price, long quantity, boolean buy) {
    long row = Math.floorDiv(price, rowSize);
    if (row > high) {
      move(Row.HIGH, Row.BELOW_HIGH, row == high + 1);
      high = row;
    } else if (row < low) {
      move(Row.LOW, Row.ABOVE_LOW, row == low - 1);
      low = row;
    }
    if (row >= high - 1) {
      add(row == high ? Row.HIGH : Row.BELOW_HIGH, quantity, buy);
    }
    if (row <= low + 1) {
      add(row == low ? Row.LOW : Row.ABOVE_LOW, quantity, buy);
    }
  }

  BigDecimal buy(Row row, int scale) {
    return Wide.decimal(sums, row.at, scale);
  }

  BigDecimal sell(Row row, int scale) {
    return Wide.decimal(sums, row.at + SELL, scale);
  }

  void save(DataOutput out) throws IOException {
    for (long word : sums) {
      out.writeLong(word);
    }
    out.writeLong(rowSize);
    out.writeLong(high);
    out.writeLong(low);
  }

  void restore(DataInput in) throws IOException {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = in.readLong();
    }
    rowSize = in.readLong();
    high = in.readLong();
    low = in.readLong();
  }

  private void add(Row row, long quantity, boolean buy) {
    Wide.add(sums, row.at + (buy ? 0 : SELL), quantity);
  }

  /** The extreme moves on; its row becomes the next one, if they are neighbours. */
  private void move(Row extreme, Row next, boolean neighbours) {
    int from = extreme.at;
    int to = next.at;
    for (int i = 0; i < STRIDE; i++) {
      sums[to + i] = neighbours ? sums[from + i] : 0;
      sums[from + i] = 0;
    }
  }
}
