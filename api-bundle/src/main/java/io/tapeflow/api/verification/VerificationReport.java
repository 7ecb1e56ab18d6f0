package io.tapeflow.api.verification;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The six checks at one moment.
 *
 * @param at when they were made
 * @param checks in the order of their ids
 * @param rootCause the one line to read first: the deepest cause of whatever fails, or that nothing
 *     does
 */
public record VerificationReport(Instant at, List<CheckResult> checks, String rootCause) {
  /** Checks that nothing is null, and takes a copy of the list. */
  public VerificationReport {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(rootCause, "rootCause");
    checks = List.copyOf(checks);
  }

  /**
   * Whether any check fails.
   *
   * @return true if at least one is {@link CheckStatus#FAIL}
   */
  public boolean failed() {
    return checks.stream().anyMatch(check -> check.status() == CheckStatus.FAIL);
  }
}
