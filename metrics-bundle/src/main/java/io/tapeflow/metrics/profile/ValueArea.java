package io.tapeflow.metrics.profile;

import io.tapeflow.metrics.Wide;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The rows around the point of control that hold a given part of the volume.
 *
 * <p>The pair rule (CBOT; Dalton, Mind over Markets, appendix 1) begins with the point of control
 * and adds the two rows above or the two rows below, whichever hold more, until the part is
 * reached. Rows that there are not hold nothing, and a side without rows is never chosen. Where
 * both sides hold nothing, the side whose next traded row is nearer advances.
 *
 * @param percent of the volume that is to be reached
 * @param rule how rows are added
 * @param tie which side wins if both hold as much
 * @param adjacency which rows there are
 */
record ValueArea(BigDecimal percent, Rule rule, Tie tie, Adjacency adjacency) {
  /** How rows are added. */
  enum Rule {
    /** Two at a time, both of them. */
    PAIR,
    /** Two are compared, but the second is added only if the first does not suffice. */
    PAIR_MINIMAL,
    /** One at a time. */
    SINGLE
  }

  /** Which side wins if both hold as much. */
  enum Tie {
    BELOW,
    ABOVE
  }

  /** Which rows there are. */
  enum Adjacency {
    /** All from the lowest to the highest. */
    CONTIGUOUS,
    /** Only those that something was traded at. */
    PRINTED
  }

  /**
   * Lowest and highest row, both included.
   *
   * @param low index
   * @param high index
   */
  record Range(int low, int high) {}

  /**
   * The area.
   *
   * @param volumes of all rows, two longs each
   * @param poc the index of the row to begin with
   */
  Range of(long[] volumes, int poc) {
    if (adjacency == Adjacency.CONTIGUOUS) {
      return new Search(volumes, volumes.length / 2, poc).run();
    }
    int rows = 0;
    int[] printed = new int[volumes.length / 2];
    long[] dense = new long[volumes.length];
    int densePoc = 0;
    for (int i = 0; i < printed.length; i++) {
      if ((volumes[2 * i] | volumes[2 * i + 1]) != 0) {
        densePoc = i == poc ? rows : densePoc;
        dense[2 * rows] = volumes[2 * i];
        dense[2 * rows + 1] = volumes[2 * i + 1];
        printed[rows++] = i;
      }
    }
    Range range = new Search(dense, rows, densePoc).run();
    return new Range(printed[range.low], printed[range.high]);
  }

  /** One search; sums lie in one array, so that they can be compared. */
  private final class Search {
    private static final int CAPTURED = 0;
    private static final int TARGET = 2;
    private static final int UP = 4;
    private static final int DOWN = 6;

    private final long[] volumes;
    private final int rows;
    private final int step = rule == Rule.SINGLE ? 1 : 2;
    private final long[] sums = new long[8];
    private int low;
    private int high;

    Search(long[] volumes, int rows, int poc) {
      this.volumes = volumes;
      this.rows = rows;
      low = poc;
      high = poc;
    }

    Range run() {
      target();
      Wide.add(sums, CAPTURED, volumes, 2 * low);
      while (!isReached() && (low > 0 || high < rows - 1)) {
        boolean up = isUp();
        for (int i = 0; i < step && hasRow(up); i++) {
          Wide.add(sums, CAPTURED, volumes, 2 * (up ? ++high : --low));
          if (rule == Rule.PAIR_MINIMAL && isReached()) {
            break;
          }
        }
      }
      return new Range(low, high);
    }

    private void target() {
      for (int row = 0; row < rows; row++) {
        Wide.add(sums, TARGET, volumes, 2 * row);
      }
      // The next whole unit: sums are whole, so it is reached when the exact part is.
      BigInteger part =
          Wide.decimal(sums, TARGET, 0)
              .multiply(percent)
              .movePointLeft(2)
              .setScale(0, RoundingMode.CEILING)
              .toBigIntegerExact();
      sums[TARGET] = part.shiftRight(64).longValue();
      sums[TARGET + 1] = part.longValue();
    }

    private boolean isReached() {
      return Wide.compare(sums, CAPTURED, TARGET) >= 0;
    }

    private boolean hasRow(boolean up) {
      return up ? high < rows - 1 : low > 0;
    }

    private boolean isUp() {
      if (!hasRow(true) || !hasRow(false)) {
        return hasRow(true);
      }
      sum(UP, high + 1, Math.min(high + step, rows - 1));
      sum(DOWN, Math.max(low - step, 0), low - 1);
      int greater = Wide.compare(sums, UP, DOWN);
      if (greater == 0 && (sums[UP] | sums[UP + 1]) == 0) {
        greater = Integer.compare(rowsToTrade(low, -1), rowsToTrade(high, 1));
      }
      return greater == 0 ? tie == Tie.ABOVE : greater > 0;
    }

    private void sum(int at, int from, int to) {
      sums[at] = 0;
      sums[at + 1] = 0;
      for (int row = from; row <= to; row++) {
        Wide.add(sums, at, volumes, 2 * row);
      }
    }

    private int rowsToTrade(int from, int direction) {
      int row = from + direction;
      while (row >= 0 && row < rows && (volumes[2 * row] | volumes[2 * row + 1]) == 0) {
        row += direction;
      }
      return row < 0 || row >= rows ? Integer.MAX_VALUE : Math.abs(row - from);
    }
  }
}
