package io.tapeflow.api.verification;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The verdict of one check.
 *
 * @param id 1 to 6
 * @param name what it checks
 * @param status the verdict
 * @param since when this verdict was first reached without another one between; as far as reports
 *     were made
 * @param evidence what was observed, a sentence each; never empty
 * @param timeline what happened when, oldest first; may be empty
 */
public record CheckResult(
    int id,
    String name,
    CheckStatus status,
    Instant since,
    List<String> evidence,
    List<String> timeline) {
  /** Checks that nothing is null, and takes copies of the lists. */
  public CheckResult {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(since, "since");
    evidence = List.copyOf(evidence);
    timeline = List.copyOf(timeline);
  }
}
