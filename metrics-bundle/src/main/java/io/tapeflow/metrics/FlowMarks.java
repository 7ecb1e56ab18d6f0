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

  static final FlowMarks NONE = new FlowMarks(0, new long[0][], 0, 0);

  private static final int LEAST_ROOM = 8;

  private final long firstSegment;

  /** Shared with the marks before and after these, which have other places in it. */
  private final long[][] segments;

  private final int from;
  private final int to;

  private FlowMarks(long firstSegment, long[][] segments, int from, int to) {
    this.firstSegment = firstSegment;
    this.segments = segments;
    this.from = from;
    this.to = to;
  }

  /** Number of the oldest mark that is still there. */
  long oldest() {
    return firstSegment * SEGMENT;
  }

  /** Writes the mark of this number, which is the next one; returns where all marks are then. */
  FlowMarks append(long number, long[] state) {
    int offset = (int) (number % SEGMENT);
    FlowMarks marks = offset == 0 ? withSegment() : this;
    long[] segment = marks.segments[marks.to - 1];
    System.arraycopy(state, 0, segment, offset * Slots.MARK, Slots.MARK);
    return marks;
  }

  /**
   * Drops the segments that no window needs which starts at the time or later, and as many more as
   * exceed the limit.
   */
  FlowMarks prune(long time, int maxSegments) {
    int first = Math.max(from, to - maxSegments);
    // A segment is needed as long as the next one begins later than the window.
    while (first + 1 < to && segments[first + 1][Slots.TIME] <= time) {
      first++;
    }
    return first == from
        ? this
        : new FlowMarks(firstSegment + first - from, segments, first, to).compact();
  }

  /** The same marks, of which the next ones may be written apart from these. */
  FlowMarks fork() {
    if (from == to) {
      return this;
    }
    FlowMarks fork = moved(LEAST_ROOM);
    fork.segments[fork.to - 1] = fork.segments[fork.to - 1].clone();
    return fork;
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
    FlowMarks roomy = to < segments.length ? this : moved(Math.max(LEAST_ROOM, to - from));
    // Nobody who has older marks looks so far.
    roomy.segments[roomy.to] = new long[SEGMENT * Slots.MARK];
    return new FlowMarks(roomy.firstSegment, roomy.segments, roomy.from, roomy.to + 1);
  }

  /** Lets go of what was dropped, once it is an eighth of what is there. */
  private FlowMarks compact() {
    return from * 8 > to - from ? moved(segments.length - to) : this;
  }

  /** The same in an array of its own, with room behind. */
  private FlowMarks moved(int room) {
    int count = to - from;
    long[][] copy = new long[count + room][];
    System.arraycopy(segments, from, copy, 0, count);
    return new FlowMarks(firstSegment, copy, 0, count);
  }

  private long[] segment(long number) {
    return segments[(int) (number / SEGMENT - firstSegment) + from];
  }

  private static int offset(long number) {
    return (int) (number % SEGMENT) * Slots.MARK;
  }
}
