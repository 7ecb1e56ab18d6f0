package io.tapeflow.api.stream;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * How often something took how long since the start. The difference of two of them is what happened
 * in between.
 *
 * @param counts how often it took longer than the bound before and at most this one, by {@link
 *     #BOUNDS}; the last, for which there is no bound, is how often it took longer than all
 * @param total all times together
 */
public record DelayCounts(List<Long> counts, Duration total) {
  /** The bounds, ascending: from 1 ms to 60 s. */
  public static final List<Duration> BOUNDS =
      List.of(
          Duration.ofMillis(1),
          Duration.ofNanos(2_500_000),
          Duration.ofMillis(5),
          Duration.ofMillis(10),
          Duration.ofMillis(25),
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofMillis(250),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofMillis(2_500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60));

  /** Nothing yet. */
  public static final DelayCounts NONE =
      new DelayCounts(Collections.nCopies(BOUNDS.size() + 1, 0L), Duration.ZERO);

  /**
   * Takes a copy of the counts.
   *
   * @throws IllegalArgumentException if there is not one more of them than there are bounds
   */
  public DelayCounts {
    Objects.requireNonNull(total, "total");
    counts = List.copyOf(counts);
    if (counts.size() != BOUNDS.size() + 1) {
      throw new IllegalArgumentException(
          "There are %d counts for %d bounds".formatted(counts.size(), BOUNDS.size()));
    }
  }

  /**
   * How often it happened.
   *
   * @return the sum of the counts
   */
  public long count() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
