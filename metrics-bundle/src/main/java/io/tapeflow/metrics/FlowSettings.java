package io.tapeflow.metrics;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What the metrics are computed with.
 *
 * @param windows lengths in seconds, ascending, at least one
 * @param staleAfter time without a trade from which on an instrument is stale
 * @param dominanceRatio how many times the other side's volume makes a side dominant
 * @param familiesOff names of families that are not computed; {@link #ALL} for any
 */
record FlowSettings(
    List<Integer> windows,
    Duration staleAfter,
    BigDecimal dominanceRatio,
    Set<String> familiesOff) {
  /** In the place of a name. */
  static final String ALL = "*";

  static final FlowSettings DEFAULT =
      new FlowSettings(
          List.of(30, 60, 300), Duration.ofSeconds(15), new BigDecimal("1.2"), Set.of());

  FlowSettings {
    windows = windows.stream().sorted().distinct().toList();
  }

  /** Whether a family is to be computed. */
  boolean computes(String family) {
    return !familiesOff.contains(family) && !familiesOff.contains(ALL);
  }

  int shortestSeconds() {
    return windows.get(0);
  }

  /** How far back trades must be known, in microseconds. */
  long longestMicros() {
    return TimeUnit.SECONDS.toMicros(Collections.max(windows));
  }
}
