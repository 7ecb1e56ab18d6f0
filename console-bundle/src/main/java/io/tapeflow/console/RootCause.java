package io.tapeflow.console;

import io.tapeflow.api.verification.CheckStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Picks the one line to read first: the deepest cause that any check has found. */
final class RootCause {
  private RootCause() {}

  static String of(Map<Check, Findings> found) {
    return deepest(found, CheckStatus.FAIL)
        .or(() -> deepest(found, CheckStatus.CANNOT_VERIFY))
        .map(finding -> finding.cause().headline() + ": " + finding.sentence())
        .orElseGet(() -> nothing(found));
  }

  private static Optional<Finding> deepest(Map<Check, Findings> found, CheckStatus status) {
    return found.values().stream()
        .flatMap(findings -> findings.of(status))
        .filter(finding -> finding.cause() != null)
        .min(Comparator.comparing(Finding::cause));
  }

  private static String nothing(Map<Check, Findings> found) {
    List<String> open = new ArrayList<>();
    found.forEach(
        (check, findings) -> {
          if (findings.status() == CheckStatus.CANNOT_VERIFY) {
            open.add(check.id() + " " + check.name());
          }
        });
    return open.isEmpty()
        ? "Nothing fails."
        : "Nothing fails; not to be verified yet: " + String.join(", ", open) + ".";
  }
}
