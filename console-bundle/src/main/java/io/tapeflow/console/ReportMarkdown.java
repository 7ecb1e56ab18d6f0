package io.tapeflow.console;

import io.tapeflow.api.verification.CheckResult;
import io.tapeflow.api.verification.VerificationReport;

/** A report for an issue or a chat. */
final class ReportMarkdown {
  private ReportMarkdown() {}

  static String of(VerificationReport report) {
    StringBuilder text = new StringBuilder();
    text.append("# Verification at ").append(Words.time(report.at())).append("\n\n");
    text.append("**Root cause:** ").append(plain(report.rootCause())).append("\n\n");
    text.append("| # | Check | Verdict | Since |\n|---|---|---|---|\n");
    for (CheckResult check : report.checks()) {
      text.append(
          "| %d | %s | %s | %s |\n"
              .formatted(check.id(), check.name(), check.status(), Words.time(check.since())));
    }
    for (CheckResult check : report.checks()) {
      text.append("\n## %d %s: %s\n\n".formatted(check.id(), check.name(), check.status()));
      check.evidence().forEach(line -> text.append("- ").append(plain(line)).append('\n'));
      if (!check.timeline().isEmpty()) {
        text.append("\nTimeline:\n\n");
        check.timeline().forEach(line -> text.append("- ").append(plain(line)).append('\n'));
      }
    }
    return text.toString();
  }

  /** What a venue or an exception said must not be read as mark-up. */
  private static String plain(String text) {
    return text.replaceAll("([\\\\`*_{}\\[\\]<>|#])", "\\\\$1").replaceAll("\\s+", " ");
  }
}
