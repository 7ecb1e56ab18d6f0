package io.tapeflow.api.stream;

import java.time.Duration;
import java.util.Objects;

/**
 * How long trades took from the venue's event stamp to this machine, after correction for the skew
 * of the clocks; over the last few minutes, but for the counts. It is shown, and never used to
 * order trades.
 *
 * @param samples number of trades in it
 * @param p50 the median
 * @param p99 the 99th percentile
 * @param max the longest
 * @param sinceStart of all trades
 */
public record FeedLatency(
    long samples, Duration p50, Duration p99, Duration max, DelayCounts sinceStart) {
  /** No trade yet. */
  public static final FeedLatency NONE =
      new FeedLatency(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, DelayCounts.NONE);

  /** Checks that nothing is null. */
  public FeedLatency {
    Objects.requireNonNull(p50, "p50");
    Objects.requireNonNull(p99, "p99");
    Objects.requireNonNull(max, "max");
    Objects.requireNonNull(sinceStart, "sinceStart");
  }
}
