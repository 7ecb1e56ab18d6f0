package io.tapeflow.api.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The venue's clock against this machine's, as estimated from REST answers.
 *
 * @param skew what to add to this machine's clock to get the venue's; may be negative
 * @param roundTrip the round trip of the best measurement; the skew is right to half of it
 * @param measuredAt when it was measured, by this machine's clock
 */
public record VenueClock(Duration skew, Duration roundTrip, Instant measuredAt) {
  /** Checks that nothing is null. */
  public VenueClock {
    Objects.requireNonNull(skew, "skew");
    Objects.requireNonNull(roundTrip, "roundTrip");
    Objects.requireNonNull(measuredAt, "measuredAt");
  }
}
