package io.tapeflow.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The verification report, as the API gives it, for a person to read. */
record Checks(List<Check> checks, String rootCause) {
  private static final String PASS = "PASS";

  /** One of them. */
  record Check(int id, String name, String status, List<String> evidence) {
    /** The check with its verdict and the first thing that was observed. */
    String sentence() {
      return "Check " + id + ", " + name + ": " + status + ". " + firstEvidence();
    }

    String firstEvidence() {
      return evidence.isEmpty() ? "No evidence was given." : evidence.get(0);
    }
  }

  static Checks of(JsonNode report) throws CommandFailure {
    List<Check> checks = new ArrayList<>();
    for (JsonNode check : report.path("checks")) {
      List<String> evidence = new ArrayList<>();
      check.path("evidence").forEach(line -> evidence.add(line.asText()));
      checks.add(
          new Check(
              check.path("id").asInt(),
              check.path("name").asText(),
              check.path("status").asText(),
              evidence));
    }
    if (checks.isEmpty()) {
      // A report without checks proves nothing, least of all that nothing fails.
      throw new CommandFailure("the answer is not a verification report: it has no checks");
    }
    return new Checks(checks, report.path("rootCause").asText());
  }

  /** Anything but the two verdicts that are not a failure is one. */
  boolean failed() {
    return checks.stream()
        .anyMatch(check -> !PASS.equals(check.status) && !"CANNOT_VERIFY".equals(check.status));
  }

  /** Whether all pass. */
  boolean allPass() {
    return checks.stream().allMatch(check -> PASS.equals(check.status));
  }

  /** The verdicts alone, to notice a change. */
  String verdicts() {
    return checks.stream().map(check -> check.id + check.status).collect(Collectors.joining(" "));
  }

  /** All verdicts in one line, and why those are not passed that are not. */
  String line() {
    return checks.stream()
        .map(
            check ->
                check.id
                    + " "
                    + check.status
                    + (PASS.equals(check.status)
                        ? ""
                        : " (" + check.name + ": " + check.firstEvidence() + ")"))
        .collect(Collectors.joining("  ", "Checks: ", ""));
  }

  /** A table with all evidence. */
  String table() {
    int names = checks.stream().mapToInt(check -> check.name.length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    String format = "%d  %-" + names + "s  %-13s  %s%n";
    String indent = " ".repeat(names + 20);
    for (Check check : checks) {
      text.append(String.format(format, check.id, check.name, check.status, check.firstEvidence()));
      check.evidence.stream()
          .skip(1)
          .forEach(more -> text.append(indent).append(more).append('\n'));
    }
    return text.append(rootCause.isEmpty() ? "" : "Root cause: " + rootCause + "\n").toString();
  }
}
