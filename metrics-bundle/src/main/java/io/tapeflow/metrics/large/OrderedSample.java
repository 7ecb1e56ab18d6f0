package io.tapeflow.metrics.large;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The last so many numbers, none of them negative, also in the order of their size, so that
 * quantiles are exact. Kept in sorted blocks: a number moves a few dozen others, not thousands, and
 * allocates nothing.
 */
final class OrderedSample {
  private static final int BLOCK = 128;

  private final long[] ring;
  private int next;
  private int size;
  private long[][] blocks = new long[4][];
  private int[] counts = new int[4];

  /** The last number of each block: side by side, so that a block is found in one cache line. */
  private long[] lasts = new long[4];

  private int used;

  /**
   * A sample of nothing yet.
   *
   * @param capacity how many numbers it holds at the most; the oldest goes for a new one
   */
  OrderedSample(int capacity) {
    ring = new long[capacity];
  }

  int size() {
    return size;
  }

  /** Takes a number in. */
  void add(long number) {
    if (size == ring.length) {
      remove(ring[next]);
    } else {
      size++;
    }
    ring[next] = number;
    next = next + 1 == ring.length ? 0 : next + 1;
    insert(number);
  }

  /** The number at a place in the order, 0 for the smallest. */
  long at(int place) {
    if (place >= size / 2) {
      int above = size - 1 - place;
      int block = used - 1;
      while (above >= counts[block]) {
        above -= counts[block--];
      }
      return blocks[block][counts[block] - 1 - above];
    }
    int left = place;
    int block = 0;
    while (left >= counts[block]) {
      left -= counts[block++];
    }
    return blocks[block][left];
  }

  /** How many are less than a number. */
  int below(long number) {
    if (number <= 0) {
      return 0;
    }
    int block = blockOf(number);
    int count = block == used ? 0 : lowerBound(block, number);
    for (int i = 0; i < block; i++) {
      count += counts[i];
    }
    return count;
  }

  /** Their sum, added up from the oldest. */
  double sum() {
    double sum = 0;
    int first = oldest();
    for (int i = first; i < size; i++) {
      sum += ring[i];
    }
    for (int i = 0; i < first; i++) {
      sum += ring[i];
    }
    return sum;
  }

  /** The squares of how far they are from a number, added up from the oldest. */
  double squaresAround(double mean) {
    double squares = 0;
    int first = oldest();
    for (int i = first; i < size; i++) {
      squares += (ring[i] - mean) * (ring[i] - mean);
    }
    for (int i = 0; i < first; i++) {
      squares += (ring[i] - mean) * (ring[i] - mean);
    }
    return squares;
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(size);
    int first = oldest();
    for (int i = 0; i < size; i++) {
      out.writeLong(ring[(first + i) % ring.length]);
    }
  }

  void restore(DataInput in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > ring.length) {
      throw new IOException("State holds a sample of " + count + ", allowed is " + ring.length);
    }
    for (int i = 0; i < count; i++) {
      add(in.readLong());
    }
  }

  private int oldest() {
    return size == ring.length ? next : 0;
  }

  private void insert(long number) {
    if (used == 0) {
      open(0);
      blocks[0][0] = number;
      counts[0] = 1;
      lasts[0] = number;
      return;
    }
    int block = Math.min(blockOf(number), used - 1);
    if (counts[block] == BLOCK) {
      split(block);
      block += lasts[block] < number ? 1 : 0;
    }
    int at = lowerBound(block, number);
    long[] numbers = blocks[block];
    System.arraycopy(numbers, at, numbers, at + 1, counts[block] - at);
    numbers[at] = number;
    counts[block]++;
    lasts[block] = Math.max(lasts[block], number);
  }

  private void remove(long number) {
    int block = blockOf(number);
    int at = lowerBound(block, number);
    long[] numbers = blocks[block];
    System.arraycopy(numbers, at + 1, numbers, at, counts[block] - at - 1);
    counts[block]--;
    if (counts[block] == 0) {
      used--;
      System.arraycopy(blocks, block + 1, blocks, block, used - block);
      System.arraycopy(counts, block + 1, counts, block, used - block);
      System.arraycopy(lasts, block + 1, lasts, block, used - block);
      blocks[used] = numbers;
    } else {
      lasts[block] = numbers[counts[block] - 1];
    }
  }

  /** The first block whose last number is not less; beyond the last block if there is none. */
  private int blockOf(long number) {
    return lowerBound(lasts, used, number);
  }

  private int lowerBound(int block, long number) {
    return lowerBound(blocks[block], counts[block], number);
  }

  /**
   * How many of the first numbers of an ascending array are less. Every number is looked up in
   * another place, so that a branch would be mistaken half the time: the sign is made a mask.
   */
  private static int lowerBound(long[] numbers, int count, long number) {
    int from = 0;
    int left = count;
    while (left > 1) {
      int half = left >>> 1;
      from += half & (int) ((numbers[from + half - 1] - number) >> 63);
      left -= half;
    }
    return left == 1 && numbers[from] < number ? from + 1 : from;
  }

  private void split(int block) {
    open(block + 1);
    int half = BLOCK / 2;
    System.arraycopy(blocks[block], half, blocks[block + 1], 0, BLOCK - half);
    counts[block] = half;
    counts[block + 1] = BLOCK - half;
    lasts[block + 1] = lasts[block];
    lasts[block] = blocks[block][half - 1];
  }

  /** An empty block at a place; one that was emptied before is used again. */
  private void open(int block) {
    if (used == blocks.length) {
      blocks = Arrays.copyOf(blocks, used * 2);
      counts = Arrays.copyOf(counts, used * 2);
      lasts = Arrays.copyOf(lasts, used * 2);
    }
    long[] spare = blocks[used] == null ? new long[BLOCK] : blocks[used];
    System.arraycopy(blocks, block, blocks, block + 1, used - block);
    System.arraycopy(counts, block, counts, block + 1, used - block);
    System.arraycopy(lasts, block, lasts, block + 1, used - block);
    blocks[block] = spare;
    counts[block] = 0;
    used++;
  }
}
