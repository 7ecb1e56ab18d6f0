package io.tapeflow.api.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * How a component's background work was ended.
 *
 * @param at when the close began
 * @param took how long it lasted
 * @param bound how long it was allowed to last
 * @param clean tasks that ended when asked
 * @param forced tasks that ended only when interrupted or cut
 * @param abandoned tasks that had not ended at the bound
 */
public record CloseReport(
    Instant at, Duration took, Duration bound, int clean, int forced, int abandoned) {
  /** Checks that nothing is null. */
  public CloseReport {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(took, "took");
    Objects.requireNonNull(bound, "bound");
  }

  /**
   * Whether the close kept its promise.
   *
   * @return true if nothing was abandoned and the bound was kept
   */
  public boolean kept() {
    return abandoned == 0 && took.compareTo(bound) <= 0;
  }
}
