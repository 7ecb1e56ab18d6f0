package io.tapeflow.console;

import io.tapeflow.api.verification.CheckResult;
import io.tapeflow.api.verification.VerificationReport;
import java.util.List;

/** A report for a terminal: the root cause, a table, then each check in full. */
final class ReportText {
  private ReportText() {}

  static String of(VerificationReport report) {
    StringBuilder text = new StringBuilder();
    text.append("Verification at ").append(Words.time(report.at())).append("\n\n");
    text.append("Root cause: ").append(report.rootCause()).append("\n\n");
    Table table = new Table("  ", "#", "Check", "Verdict", "Since");
    for (CheckResult check : report.checks()) {
      table.row(check.id(), check.name(), check.status(), Words.time(check.since()));
    }
    text.append(table);
    for (CheckResult check : report.checks()) {
      text.append("\n%d %s: %s\n".formatted(check.id(), check.name(), check.status()));
      lines(text, "  - ", check.evidence());
      lines(text, "    ", check.timeline());
    }
    return text.toString();
  }

  private static void lines(StringBuilder text, String lead, List<String> lines) {
    lines.forEach(line -> text.append(lead).append(line).append('\n'));
  }
}
