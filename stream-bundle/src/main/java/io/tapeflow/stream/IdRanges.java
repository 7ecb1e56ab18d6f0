package io.tapeflow.stream;

import java.util.Arrays;

/** Ranges of ids, ascending, that do not overlap. Not safe for several threads while it changes. */
final class IdRanges {
  private static final int FIRST_CAPACITY = 4;

  private long[] bounds;
  private int size;

  IdRanges() {
    this(new long[0], 0);
  }

  private IdRanges(long[] bounds, int size) {
    this.bounds = bounds;
    this.size = size;
  }

  IdRanges copy() {
    return new IdRanges(Arrays.copyOf(bounds, 2 * size), size);
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * Whether the next range makes it take more memory: the moment to drop what is of no more use.
   */
  boolean isFull() {
    return 2 * size == bounds.length;
  }

  long first(int index) {
    return bounds[2 * index];
  }

  long last(int index) {
    return bounds[2 * index + 1];
  }

  /** Number of ids. */
  long ids() {
    long ids = 0;
    for (int i = 0; i < size; i++) {
      ids += last(i) - first(i) + 1;
    }
    return ids;
  }

  /**
   * The index of the first range that ends at an id or behind it; {@code size} if there is none.
   */
  int indexFrom(long id) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (last(middle) < id) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  boolean contains(long id) {
    int index = indexFrom(id);
    return index < size && first(index) <= id;
  }

  /** Whether one range has all of these ids. */
  boolean covers(long first, long last) {
    int index = indexFrom(last);
    return index < size && first(index) <= first;
  }

  /** Adds ids; those that are in it already stay. */
  void add(long first, long last) {
    int from = indexFrom(first - 1);
    int to = from;
    long begin = first;
    long end = last;
    while (to < size && first(to) <= last + 1) {
      begin = Math.min(begin, first(to));
      end = Math.max(end, last(to));
      to++;
    }
    replace(from, to, begin, end);
  }

  /** Takes ids out. */
  void remove(long first, long last) {
    int index = indexFrom(first);
    while (index < size && first(index) <= last) {
      long before = first(index);
      long behind = last(index);
      replace(index, index + 1, before, first - 1, last + 1, behind);
      index += before < first ? 1 : 0;
      if (behind > last) {
        return;
      }
    }
  }

  void clear() {
    size = 0;
  }

  /** Takes all ids below one out. */
  void removeBelow(long id) {
    if (size > 0 && first(0) < id) {
      remove(first(0), id - 1);
    }
  }

  /** Puts ranges, given by their bounds, in the place of others; empty ones are left out. */
  private void replace(int from, int to, long... put) {
    int count = 0;
    for (int i = 0; i < put.length; i += 2) {
      count += put[i] <= put[i + 1] ? 1 : 0;
    }
    int newSize = size - (to - from) + count;
    if (2 * newSize > bounds.length) {
      bounds = Arrays.copyOf(bounds, Math.max(2 * FIRST_CAPACITY, 4 * newSize));
    }
    System.arraycopy(bounds, 2 * to, bounds, 2 * (from + count), 2 * (size - to));
    int at = 2 * from;
    for (int i = 0; i < put.length; i += 2) {
      if (put[i] <= put[i + 1]) {
        bounds[at++] = put[i];
        bounds[at++] = put[i + 1];
      }
    }
    size = newSize;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : ", ").append(first(i)).append(" to ").append(last(i));
    }
    return text.toString();
  }
}
