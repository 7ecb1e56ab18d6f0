package io.tapeflow.metrics.footprint;

import io.tapeflow.metrics.Wide;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Volumes by rows of price, what was sold and what was bought apart, as exact 128-bit sums.
 *
 * <p>A row covers {@code [k x size, (k + 1) x size)}, so rows merge by halving their number {@code
 * k}, and merging loses nothing. If the rows from the lowest to the highest would be more than a
 * limit, all are merged by two until they are not; {@link #rowSize()} says what they have become.
 *
 * <p>Rows are addressed by an index, 0 the lowest; the rows in between that nothing was traded at
 * count. For one thread; nothing is allocated for a trade but where the array has to grow.
 */
public final class Ladder {
  /** How many rows there are at the most before they are merged. */
  public static final int MOST_ROWS = 2_000;

  private static final int SELL = 0;
  private static final int BUY = 2;
  private static final int SELL_TRADES = 4;
  private static final int BUY_TRADES = 5;
  private static final int MAX = 6;
  private static final int STRIDE = 8;
  private static final int FEWEST_SLOTS = 8;

  private final int mostRows;
  private long[] cells = new long[0];
  private long rowSize = 1;
  private long origin;
  private long low;
  private long high = -1;

  // The row of the last trade: the next one is most often in it as well.
  private long lastFrom;
  private long lastTo;
  private int lastAt;

  /** An empty ladder of at most {@link #MOST_ROWS} rows. */
  public Ladder() {
    this(MOST_ROWS);
  }

  /** An empty ladder of at most so many rows. */
  public Ladder(int mostRows) {
    this.mostRows = mostRows;
  }

  /**
   * Empties it.
   *
   * @param size of a row, fixed-point; positive
   */
  public void begin(long size) {
    for (long row = low; row <= high; row++) {
      int at = at(row);
      Arrays.fill(cells, at, at + STRIDE, 0);
    }
    rowSize = size;
    low = 0;
    high = -1;
    lastTo = lastFrom;
  }

  /**
   * Adds a trade.
   *
   * @param price fixed-point; not negative
   * @param quantity fixed-point; positive
   * @param buy true if the aggressor bought
   * @param counts false for the second and further parts of a trade that is split
   */
  public void add(long price, long quantity, boolean buy, boolean counts) {
    int at = price >= lastFrom && price < lastTo ? lastAt : find(price);
    Wide.add(cells, at + (buy ? BUY : SELL), quantity);
    if (counts) {
      cells[at + (buy ? BUY_TRADES : SELL_TRADES)]++;
    }
    if (quantity > cells[at + MAX]) {
      cells[at + MAX] = quantity;
    }
  }

  /**
   * Takes away what another ladder holds, all of which is in this one too. The greatest trades stay
   * as they are.
   *
   * @param part with rows that merge into the rows of this one
   */
  public void subtract(Ladder part) {
    for (long row = part.low; row <= part.high; row++) {
      int from = part.at(row);
      int at = at(Math.floorDiv(row * part.rowSize, rowSize));
      for (int sum : new int[] {SELL, BUY}) {
        Wide.subtract(cells, at + sum, part.cells, from + sum);
      }
      cells[at + SELL_TRADES] -= part.cells[from + SELL_TRADES];
      cells[at + BUY_TRADES] -= part.cells[from + BUY_TRADES];
    }
    trim();
  }

  /** Adds what another ladder holds, with rows that merge into the rows of this one. */
  public void add(Ladder part) {
    for (long row = part.low; row <= part.high; row++) {
      int from = part.at(row);
      if (part.isZero(from)) {
        continue;
      }
      int at = find(row * part.rowSize);
      addCell(cells, at, part.cells, from);
    }
  }

  /** Whether nothing is in it. */
  public boolean isEmpty() {
    return high < low;
  }

  /** Number of rows from the lowest to the highest. */
  public int size() {
    return (int) (high - low + 1);
  }

  /** The size of a row, fixed-point. */
  public long rowSize() {
    return rowSize;
  }

  /** The price at which a row begins, fixed-point. */
  public long price(int index) {
    return (low + index) * rowSize;
  }

  /** Sold volume of a row, at the scale of quantities. */
  public BigDecimal sell(int index, int scale) {
    return Wide.decimal(cells, at(index) + SELL, scale);
  }

  /** Bought volume of a row, at the scale of quantities. */
  public BigDecimal buy(int index, int scale) {
    return Wide.decimal(cells, at(index) + BUY, scale);
  }

  /** Volume of a row, at the scale of quantities. */
  public BigDecimal volume(int index, int scale) {
    return sell(index, scale).add(buy(index, scale));
  }

  /** Number of aggregate trades that sold in a row. */
  public long sellTrades(int index) {
    return cells[at(index) + SELL_TRADES];
  }

  /** Number of aggregate trades that bought in a row. */
  public long buyTrades(int index) {
    return cells[at(index) + BUY_TRADES];
  }

  /** The greatest quantity of a trade, or of its part, in a row, fixed-point. */
  public long maxTrade(int index) {
    return cells[at(index) + MAX];
  }

  /** Whether anything was traded in a row. */
  public boolean isPrinted(int index) {
    return !isZero(at(index));
  }

  /**
   * Volumes of all rows, as {@link Wide} numbers.
   *
   * @return two longs for each index
   */
  public long[] volumes() {
    long[] volumes = new long[2 * size()];
    for (int index = 0; index < size(); index++) {
      int at = at(index);
      volumes[2 * index] = cells[at + SELL];
      volumes[2 * index + 1] = cells[at + SELL + 1];
      Wide.add(volumes, 2 * index, cells, at + BUY);
    }
    return volumes;
  }

  /**
   * The row with the greatest volume; the lowest of several.
   *
   * @return its index; -1 if the ladder is empty
   */
  public int poc() {
    long[] volumes = volumes();
    int poc = isEmpty() ? -1 : 0;
    for (int index = 1; index < size(); index++) {
      if (Wide.compare(volumes, 2 * index, 2 * poc) > 0) {
        poc = index;
      }
    }
    return poc;
  }

  /** Writes it. */
  public void save(DataOutput out) throws IOException {
    out.writeLong(rowSize);
    out.writeLong(low);
    out.writeInt(size());
    for (long row = low; row <= high; row++) {
      int at = at(row);
      for (int i = 0; i < STRIDE; i++) {
        out.writeLong(cells[at + i]);
      }
    }
  }

  /** Becomes what {@link #save} wrote. */
  public void restore(DataInput in) throws IOException {
    long size = in.readLong();
    long savedLow = in.readLong();
    int rows = in.readInt();
    if (size <= 0 || rows < 0 || rows > mostRows) {
      throw new IOException("A ladder of " + rows + " rows of " + size + " is none of ours");
    }
    begin(size);
    if (rows > 0) {
      grow(savedLow, savedLow + rows - 1);
      for (int at = at(low); at < at(high) + STRIDE; at++) {
        cells[at] = in.readLong();
      }
    }
  }

  private int find(long price) {
    long row = Math.floorDiv(price, rowSize);
    if (isEmpty()) {
      grow(row, row);
    } else if (row < low || row > high) {
      int doublings = doublings(Math.min(row, low), Math.max(row, high));
      if (doublings > 0) {
        merge(doublings);
        row >>= doublings;
      }
      grow(Math.min(row, low), Math.max(row, high));
    }
    lastFrom = row * rowSize;
    lastTo = lastFrom + rowSize;
    lastAt = at(row);
    return lastAt;
  }

  private int doublings(long lowest, long highest) {
    int doublings = 0;
    while ((highest >> doublings) - (lowest >> doublings) >= mostRows) {
      doublings++;
    }
    return doublings;
  }

  /** Merges rows by a power of two. */
  private void merge(int doublings) {
    long[] merged = new long[cells.length];
    long mergedLow = low >> doublings;
    for (long row = low; row <= high; row++) {
      int to = (int) ((row >> doublings) - mergedLow) * STRIDE;
      addCell(merged, to, cells, at(row));
    }
    cells = merged;
    rowSize <<= doublings;
    high >>= doublings;
    low = mergedLow;
    origin = mergedLow;
  }

  /** Makes room for these rows and takes them in. */
  private void grow(long newLow, long newHigh) {
    long slots = cells.length / STRIDE;
    if (isEmpty() && newHigh - newLow < slots) {
      origin = newLow - (slots - (newHigh - newLow + 1)) / 2;
    } else if (newLow < origin || newHigh >= origin + slots) {
      long rows = newHigh - newLow + 1;
      long roomier = Math.max(FEWEST_SLOTS, 2 * rows);
      long newOrigin = newLow - (roomier - rows) / 2;
      long[] grown = new long[(int) roomier * STRIDE];
      if (!isEmpty()) {
        int to = (int) (low - newOrigin) * STRIDE;
        System.arraycopy(cells, at(low), grown, to, size() * STRIDE);
      }
      cells = grown;
      origin = newOrigin;
    }
    low = newLow;
    high = newHigh;
  }

  /** Leaves out rows at both ends in which nothing is left. */
  private void trim() {
    while (low <= high && isZero(at(low))) {
      Arrays.fill(cells, at(low), at(low) + STRIDE, 0);
      low++;
    }
    while (low <= high && isZero(at(high))) {
      Arrays.fill(cells, at(high), at(high) + STRIDE, 0);
      high--;
    }
    lastTo = lastFrom;
  }

  private boolean isZero(int at) {
    return (cells[at + SELL] | cells[at + SELL + 1] | cells[at + BUY] | cells[at + BUY + 1]) == 0;
  }

  private int at(int index) {
    return at(low + index);
  }

  private int at(long row) {
    return (int) (row - origin) * STRIDE;
  }

  private static void addCell(long[] to, int at, long[] from, int fromAt) {
    Wide.add(to, at + SELL, from, fromAt + SELL);
    Wide.add(to, at + BUY, from, fromAt + BUY);
    to[at + SELL_TRADES] += from[fromAt + SELL_TRADES];
    to[at + BUY_TRADES] += from[fromAt + BUY_TRADES];
    to[at + MAX] = Math.max(to[at + MAX], from[fromAt + MAX]);
  }
}
