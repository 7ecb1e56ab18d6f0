package io.tapeflow.metrics;

import java.util.Arrays;

/**
 * The marks of a tape: for each time at which trades were made, the sums up to and including it. In
 * ascending order of time, numbered from 0; the oldest may have been dropped.
 *
 * <p>Immutable but for the last segment's unused part, which the tape's writer fills. How many
 * marks may be read is published by the tape.
 */
final class FlowMarks {
  /** Marks per segment: small, so that a quiet instrument costs little. */
  static final int SEGMENT = 256;

  static final FlowMarks NONE = new FlowMarks(0, new long[0][]);

  private final long firstSegment;
  private final long[][] segments;

  private FlowMarks(long firstSegment, long[][] segments) {
    this.firstSegment = firstSegment;
    this.segments = segments;
  }

  /** Number of the oldest mark that is still there. */
  long oldest() {
    return firstSegment * SEGMENT;
  }

  /** Writes the mark of this number, which is the next one; returns where all marks are then. */
  FlowMarks append(long number, long[] state) {
    int offset = (int) (number % SEGMENT);
    FlowMarks marks = offset == 0 ? withSegment() : this;
    long[] segment = marks.segments[marks.segments.length - 1];
    System.arraycopy(state, 0, segment, offset * Slots.MARK, Slots.MARK);
    return marks;
  }

  /**
   * Drops the segments that no window needs which starts at the time or later, and as many more as
   * exceed the limit.
   */
  FlowMarks prune(long time, int maxSegments) {
    int drop = Math.max(0, segments.length - maxSegments);
    // A segment is needed as long as the next one begins later than the window.
    while (drop + 1 < segments.length && segments[drop + 1][Slots.TIME] <= time) {
      drop++;
    }
    return drop == 0
        ? this
        : new FlowMarks(firstSegment + drop, Arrays.copyOfRange(segments, drop, segments.length));
  }

  /** The same marks, of which the next ones may be written apart from these. */
  FlowMarks fork() {
    if (segments.length == 0) {
      return this;
    }
    long[][] copy = segments.clone();
    copy[copy.length - 1] = copy[copy.length - 1].clone();
    return new FlowMarks(firstSegment, copy);
  }

  /**
   * Adds to the sums of each mark. Only for marks that nobody reads yet.
   *
   * @param count number of marks that have been written
   * @param sums what to add, as in a mark
   */
  void shift(long count, long[] sums) {
    for (long number = oldest(); number < count; number++) {
      long[] mark = mark(number);
      Slots.addSums(mark, sums);
      System.arraycopy(mark, 0, segment(number), offset(number), Slots.MARK);
    }
  }

  long time(long number) {
    return segment(number)[offset(number) + Slots.TIME];
  }

  long[] mark(long number) {
    int offset = offset(number);
    return Arrays.copyOfRange(segment(number), offset, offset + Slots.MARK);
  }

  /**
   * The last mark that is not later than a time.
   *
   * @param count number of marks that may be read
   * @return its number, or one less than the oldest if all are later
   */
  long lastUpTo(long time, long count) {
    long low = oldest();
    long high = count - 1;
    while (low <= high) {
      long middle = (low + high) >>> 1;
      if (time(middle) <= time) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  private FlowMarks withSegment() {
    long[][] more = Arrays.copyOf(segments, segments.length + 1);
    more[segments.length] = new long[SEGMENT * Slots.MARK];
    return new FlowMarks(firstSegment, more);
  }

  private long[] segment(long number) {
    return segments[(int) (number / SEGMENT - firstSegment)];
  }

  private static int offset(long number) {
    return (int) (number % SEGMENT) * Slots.MARK;
  }
}
