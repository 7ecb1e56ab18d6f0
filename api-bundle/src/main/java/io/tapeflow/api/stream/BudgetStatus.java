package io.tapeflow.api.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * One of the limits that a venue sets, and what is used of it. Limits that hold for an address are
 * shared by all connections of the process to it.
 *
 * @param name what is limited, such as {@code connection attempts}
 * @param scope what the limit holds for: an address, or one connection
 * @param used how much was used within the window that ends now
 * @param limit how much may be used within a window
 * @param window the length of the window; zero where the limit is not one over time
 * @param waitingUntil until when something of this stream waits for it, or the venue has forbidden
 *     its use; null if neither is so. A wait may be prolonged by others that are ahead
 * @param reason what waits and why, in words; empty if nothing does
 */
public record BudgetStatus(
    String name,
    String scope,
    long used,
    long limit,
    Duration window,
    Instant waitingUntil,
    String reason) {

  /** Checks that only the time may be null. */
  public BudgetStatus {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(reason, "reason");
  }
}
