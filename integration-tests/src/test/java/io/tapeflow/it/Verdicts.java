package io.tapeflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.verification.CheckResult;
import io.tapeflow.api.verification.CheckStatus;
import io.tapeflow.api.verification.ReportFormat;
import io.tapeflow.api.verification.Verification;
import io.tapeflow.api.verification.VerificationReport;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** The six checks, as the verification service of this framework makes them. */
final class Verdicts {
  private final Host host;

  Verdicts(Host host) {
    this.host = host;
  }

  VerificationReport report() {
    return host.ask(Verification.class, Verification::verify);
  }

  CheckResult check(int id) {
    return report().checks().get(id - 1);
  }

  /** The six verdicts in order. */
  List<CheckStatus> all() {
    return report().checks().stream().map(CheckResult::status).toList();
  }

  CheckResult await(int id, CheckStatus status) {
    return await(id, status, Host.PATIENCE);
  }

  /** Waits until a check comes to a verdict; a failure shows the whole report. */
  CheckResult await(int id, CheckStatus status, Duration patience) {
    Awaitility.await("check " + id + " to say " + status)
        .atMost(patience)
        .untilAsserted(
            () -> {
              VerificationReport report = report();
              assertThat(report.checks().get(id - 1).status()).as(text(report)).isEqualTo(status);
            });
    return check(id);
  }

  String text(VerificationReport report) {
    return host.ask(Verification.class, service -> service.write(report, ReportFormat.TEXT));
  }
}
