package io.tapeflow.console;

import io.tapeflow.api.verification.CheckStatus;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;

/**
 * The health of one concern. A state that ends by itself, such as an attempt to connect, is
 * TEMPORARILY_UNAVAILABLE, which Felix makes CRITICAL if it lasts; what works and should be looked
 * at is WARN; what a person has to mend is CRITICAL.
 */
abstract class Health implements HealthCheck {
  private final RecentObservation recent;

  Health(RecentObservation recent) {
    this.recent = recent;
  }

  @Override
  public final Result execute() {
    return new Result(log(recent.get()));
  }

  final ResultLog log(Observation seen) {
    ResultLog log = new ResultLog();
    examine(seen, log);
    if (!log.iterator().hasNext()) {
      // A result without words would be a warning.
      enter(log, Result.Status.OK, "There is nothing to observe.");
    }
    return log;
  }

  /** Enters what there is to say; reads only. */
  abstract void examine(Observation seen, ResultLog log);

  /** What checks of the verification report find, by what it means for health. */
  static void enter(Observation seen, ResultLog log, Check... checks) {
    for (Check check : checks) {
      Findings findings = new Findings();
      check.examine(seen, findings);
      findings.stream().forEach(finding -> enter(finding, log));
      seen.faults().stream()
          .filter(fault -> fault.check() == check.id())
          .forEach(fault -> enter(log, Result.Status.HEALTH_CHECK_ERROR, fault.sentence()));
    }
  }

  private static void enter(Finding finding, ResultLog log) {
    enter(log, status(finding), finding.sentence());
  }

  private static Result.Status status(Finding finding) {
    if (finding.status() == CheckStatus.FAIL) {
      return severity(finding.cause());
    }
    return finding.status() == CheckStatus.CANNOT_VERIFY
        ? Result.Status.TEMPORARILY_UNAVAILABLE
        : Result.Status.OK;
  }

  static Result.Status severity(Cause cause) {
    return switch (cause) {
      case EXECUTOR_DEAD, INTERNAL, CONFIGURATION, STARTED_TWICE -> Result.Status.CRITICAL;
      case NOT_STARTED, DNS, TCP, TLS, UPGRADE, SUBSCRIBE, CONNECTION_LOST, NO_DATA ->
          Result.Status.TEMPORARILY_UNAVAILABLE;
      case NO_METRICS, NOT_CONSUMED, TRADES_MISSING, TASK_LOST, NOT_ENDED -> Result.Status.WARN;
    };
  }

  /** Enters a sentence of whatever weight. */
  static void enter(ResultLog log, Result.Status status, String sentence) {
    log.add(new ResultLog.Entry(status, sentence));
  }

  LiveServices services() {
    return recent.services();
  }
}
