package io.tapeflow.plan.evaluate;

/**
 * A set of places from 0 up to a number, to be gone through upwards while more are put in. It keeps
 * no account of its own size, which is what a {@code BitSet} spends most of its time on.
 */
final class Places {
  private final long[] words;

  Places(int count) {
    words = new long[(count + Long.SIZE - 1) / Long.SIZE];
  }

  void add(int place) {
    words[place / Long.SIZE] |= 1L << place;
  }

  /** Adds all of another set for as many places, and takes them out there. */
  void takeAll(Places other) {
    for (int i = 0; i < words.length; i++) {
      words[i] |= other.words[i];
      other.words[i] = 0;
    }
  }

  /** Adds all of another set for as many places. */
  void addAll(Places other) {
    for (int i = 0; i < words.length; i++) {
      words[i] |= other.words[i];
    }
  }

  /** Takes out the lowest that is not below a place; -1 if there is none. */
  int takeFrom(int place) {
    int at = place / Long.SIZE;
    if (at >= words.length) {
      return -1;
    }
    long word = words[at] & (-1L << place);
    while (word == 0) {
      if (++at == words.length) {
        return -1;
      }
      word = words[at];
    }
    words[at] ^= Long.lowestOneBit(word);
    return at * Long.SIZE + Long.numberOfTrailingZeros(word);
  }
}
