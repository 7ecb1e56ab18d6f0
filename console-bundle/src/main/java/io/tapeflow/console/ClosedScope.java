package io.tapeflow.console;

import io.tapeflow.api.task.CloseReport;
import io.tapeflow.api.task.LedgerStatus;
import java.time.Instant;

/**
 * A scope whose ledger has gone.
 *
 * @param goneAt when the ledger went
 * @param account the last one that could be read
 */
record ClosedScope(Instant goneAt, LedgerStatus account) {
  /** Whether the close has been reported at all. */
  boolean reported() {
    return account.close() != null;
  }

  /** Whether all ended within the bound and nothing came after. */
  boolean kept() {
    return reported() && account.close().kept() && account.lateCallbacks() == 0;
  }

  /** Tasks that nobody has seen end; without a report, those that were live when last seen. */
  int abandoned() {
    return reported() ? account.close().abandoned() : account.live().size();
  }

  /** How it ended, as one line. */
  String line() {
    CloseReport close = account.close();
    if (close == null) {
      return "%s: no report of its close; %d tasks were live when it was last seen"
          .formatted(account.owner(), account.live().size());
    }
    return "%s: closed in %d ms of %d ms allowed: %d finished, %d cancelled, %d forced, %d abandoned%s%s"
        .formatted(
            account.owner(),
            close.took().toMillis(),
            close.bound().toMillis(),
            account.finished(),
            account.cancelled(),
            close.forced(),
            close.abandoned(),
            account.failed() == 0 ? "" : ", %d failed".formatted(account.failed()),
            account.lateCallbacks() == 0
                ? ""
                : ", %d callbacks afterwards".formatted(account.lateCallbacks()));
  }
}
