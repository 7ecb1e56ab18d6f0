package io.tapeflow.console;

import io.tapeflow.api.task.Heartbeat;
import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.api.task.TaskInfo;
import java.util.Comparator;
import java.util.List;

/** Check 1: every task is accounted for, and every executor shows that it lives. */
final class TaskCheck implements Check {
  @Override
  public int id() {
    return 1;
  }

  @Override
  public String name() {
    return "No task destroyed";
  }

  @Override
  public void examine(Observation seen, Findings findings) {
    seen.ledgers().forEach(ledger -> examine(ledger, findings));
    if (seen.ledgers().isEmpty()) {
      findings.undecided(Cause.NOT_STARTED, "No component keeps a task ledger.");
    } else if (seen.ledgers().stream().allMatch(ledger -> ledger.heartbeats().isEmpty())) {
      findings.undecided(
          "None of the %d task ledgers watches an executor.".formatted(seen.ledgers().size()));
    }
  }

  private static void examine(LedgerStatus ledger, Findings findings) {
    List<Heartbeat> late = ledger.heartbeats().stream().filter(Heartbeat::late).toList();
    for (Heartbeat beat : late) {
      findings.fail(
          Cause.EXECUTOR_DEAD,
          "%s: %s has given no sign of life for %s; the limit is %s."
              .formatted(
                  ledger.owner(),
                  beat.name(),
                  Words.seconds(beat.age()),
                  Words.seconds(Heartbeat.LIMIT)));
    }
    if (!ledger.balanced()) {
      findings.fail(
          Cause.TASK_LOST,
          "%s: %d tasks were started, but %d finished + %d cancelled + %d live + %d abandoned are accounted for."
              .formatted(
                  ledger.owner(),
                  ledger.started(),
                  ledger.finished(),
                  ledger.cancelled(),
                  ledger.live().size(),
                  ledger.abandoned().size()));
    }
    if (!ledger.abandoned().isEmpty()) {
      findings.fail(
          Cause.TASK_LOST,
          "%s: %d tasks are abandoned: %s."
              .formatted(
                  ledger.owner(),
                  ledger.abandoned().size(),
                  String.join(", ", ledger.abandoned().stream().map(TaskInfo::name).toList())));
    }
    if (ledger.failed() > 0) {
      findings.fail(
          Cause.TASK_LOST,
          "%s: %d tasks ended by an exception; the log has them."
              .formatted(ledger.owner(), ledger.failed()));
    }
    if (late.isEmpty()
        && ledger.balanced()
        && ledger.abandoned().isEmpty()
        && ledger.failed() == 0) {
      findings.pass(account(ledger));
    }
  }

  private static String account(LedgerStatus ledger) {
    String sums =
        "%s: %d tasks started = %d finished + %d cancelled + %d live, 0 abandoned"
            .formatted(
                ledger.owner(),
                ledger.started(),
                ledger.finished(),
                ledger.cancelled(),
                ledger.live().size());
    return ledger.heartbeats().stream()
        .max(Comparator.comparing(Heartbeat::age))
        .map(
            oldest ->
                "%s; %d heartbeats, the oldest %s old."
                    .formatted(sums, ledger.heartbeats().size(), Words.seconds(oldest.age())))
        .orElse(sums + '.');
  }
}
