package io.tapeflow.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Rows of a tape that are written once, in the order of their ids, and published by their count;
 * and the holes that end ahead of one of them, which never change.
 */
final class TapeSegment {
  /** Rows of a segment that is still written. */
  static final int ROWS = 1024;

  private static final VarHandle COUNT;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(TapeSegment.class, "count", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long[] rows;
  private final IdRanges holes;

  @SuppressWarnings("unused") // through COUNT
  private int count;

  /** A segment whose first rows are there. */
  TapeSegment(long[] rows, int count, IdRanges holes) {
    this.rows = rows;
    this.count = count;
    this.holes = holes;
  }

  /** An empty segment. */
  static TapeSegment empty(IdRanges holes) {
    return new TapeSegment(new long[ROWS * TapeRow.LONGS], 0, holes);
  }

  /**
   * The same rows with other holes. Rows are from now on added to the new one alone, so that
   * whoever still reads this one does not see them without their holes.
   */
  TapeSegment withHoles(IdRanges changed) {
    return new TapeSegment(rows, count, changed);
  }

  /** Called by the one writer. */
  void add(long id, long price, long quantity, long time, long received, long flags) {
    int row = count * TapeRow.LONGS;
    rows[row + TapeRow.ID] = id;
    rows[row + TapeRow.PRICE] = price;
    rows[row + TapeRow.QUANTITY] = quantity;
    rows[row + TapeRow.TIME] = time;
    rows[row + TapeRow.RECEIVED] = received;
    rows[row + TapeRow.FLAGS] = flags;
    COUNT.setRelease(this, count + 1);
  }

  long[] rows() {
    return rows;
  }

  IdRanges holes() {
    return holes;
  }

  int count() {
    return (int) COUNT.getAcquire(this);
  }

  int capacity() {
    return rows.length / TapeRow.LONGS;
  }

  boolean isFull() {
    return count == capacity();
  }

  long firstId() {
    return rows[TapeRow.ID];
  }

  long lastId() {
    return id(count() - 1);
  }

  long firstTime() {
    return rows[TapeRow.TIME];
  }

  long lastTime() {
    return rows[(count() - 1) * TapeRow.LONGS + TapeRow.TIME];
  }

  /** The index of the first of some rows whose id is greater; {@code count} if there is none. */
  int indexAfter(long id, int count) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (id(middle) <= id) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * This segment's rows with others put in at their place, in segments of about equal size.
   *
   * @param late rows whose ids all lie between those of two neighbours here
   * @param lateCount their number
   * @param left the holes that are left
   * @param growing whether rows will be added to the last segment
   */
  TapeSegment[] with(long[] late, int lateCount, IdRanges left, boolean growing) {
    int old = count;
    if (lateCount == 0) {
      return new TapeSegment[] {withHoles(left)};
    }
    int at = indexAfter(late[TapeRow.ID], old);
    int total = old + lateCount;
    long[] merged = new long[total * TapeRow.LONGS];
    System.arraycopy(rows, 0, merged, 0, at * TapeRow.LONGS);
    System.arraycopy(late, 0, merged, at * TapeRow.LONGS, lateCount * TapeRow.LONGS);
    System.arraycopy(
        rows,
        at * TapeRow.LONGS,
        merged,
        (at + lateCount) * TapeRow.LONGS,
        (old - at) * TapeRow.LONGS);
    return split(merged, total, left, growing);
  }

  /** Segments of about equal size for some rows. */
  static TapeSegment[] split(long[] merged, int total, IdRanges holes, boolean growing) {
    int parts = (total + ROWS - 1) / ROWS;
    TapeSegment[] segments = new TapeSegment[parts];
    IdRanges left = holes.copy();
    int done = 0;
    for (int part = 0; part < parts; part++) {
      int size = (total - done) / (parts - part);
      long[] own = Arrays.copyOfRange(merged, done * TapeRow.LONGS, (done + size) * TapeRow.LONGS);
      if (growing && part == parts - 1) {
        own = Arrays.copyOf(own, ROWS * TapeRow.LONGS);
      }
      long lastId = own[(size - 1) * TapeRow.LONGS + TapeRow.ID];
      IdRanges ahead = new IdRanges();
      for (int i = 0; i < left.size() && left.last(i) < lastId; i++) {
        ahead.add(left.first(i), left.last(i));
      }
      left.removeBelow(lastId);
      segments[part] = new TapeSegment(own, size, ahead);
      done += size;
    }
    return segments;
  }

  private long id(int index) {
    return rows[index * TapeRow.LONGS + TapeRow.ID];
  }
}
