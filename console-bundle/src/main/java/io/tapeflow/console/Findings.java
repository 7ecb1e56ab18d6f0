package io.tapeflow.console;

import io.tapeflow.api.verification.CheckStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What one check has found: one failure fails it, and it passes only on what was observed. */
final class Findings {
  private final List<Finding> all = new ArrayList<>();

  void pass(String sentence) {
    all.add(new Finding(CheckStatus.PASS, null, sentence));
  }

  void fail(Cause cause, String sentence) {
    all.add(new Finding(CheckStatus.FAIL, Objects.requireNonNull(cause), sentence));
  }

  /** Nothing was observed that decides it. */
  void undecided(String sentence) {
    all.add(new Finding(CheckStatus.CANNOT_VERIFY, null, sentence));
  }

  /** As {@link #undecided(String)}, and there is a cause for it that a person can remove. */
  void undecided(Cause cause, String sentence) {
    all.add(new Finding(CheckStatus.CANNOT_VERIFY, cause, sentence));
  }

  /** Worth knowing, but of no weight. */
  void note(String sentence) {
    all.add(new Finding(null, null, sentence));
  }

  CheckStatus status() {
    return Stream.of(CheckStatus.FAIL, CheckStatus.CANNOT_VERIFY, CheckStatus.PASS)
        .filter(this::has)
        .findFirst()
        .orElse(CheckStatus.CANNOT_VERIFY);
  }

  /** The sentences, those that decide the verdict first. */
  List<String> evidence() {
    CheckStatus verdict = status();
    return Stream.concat(
            all.stream().filter(finding -> finding.status() == verdict),
            all.stream().filter(finding -> finding.status() != verdict))
        .map(Finding::sentence)
        .toList();
  }

  /** In the order in which they were found. */
  Stream<Finding> stream() {
    return all.stream();
  }

  Stream<Finding> of(CheckStatus status) {
    return all.stream().filter(finding -> finding.status() == status);
  }

  private boolean has(CheckStatus status) {
    return of(status).findAny().isPresent();
  }
}
