package io.tapeflow.benchmarks.race;

import java.util.HashMap;
import java.util.Map;

/**
 * What a venue sends.
 *
 * @param shared of all instruments together but those with a pace of their own, by Zipf's law in
 *     the order of the venue's list: the second has half as many trades as the first
 * @param own by symbol
 */
record Traffic(Pace shared, Map<String, Pace> own) {
  static final Traffic NONE = new Traffic(Pace.IDLE, Map.of());

  Traffic {
    own = Map.copyOf(own);
  }

  /** The same with a pace for one instrument; others are not disturbed. */
  Traffic with(String symbol, Pace pace) {
    Map<String, Pace> more = new HashMap<>(own);
    more.put(symbol, pace);
    return new Traffic(shared, more);
  }

  boolean isNone() {
    return equals(NONE);
  }
}
