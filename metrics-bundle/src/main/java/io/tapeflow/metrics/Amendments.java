package io.tapeflow.metrics;

import io.tapeflow.api.trade.TradeAmendment;
import io.tapeflow.api.trade.TradeHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Puts late trades in their place, by going back to before their gap. In turn only. */
final class Amendments {
  /** Now and then, checkpoints that history no longer covers are dropped. */
  private static final int TRADES_BETWEEN_CHECKS = 8_192;

  private final Present present;
  private final LongSupplier keepMicros;
  private final Checkpoints checkpoints = new Checkpoints();
  private int sinceCheck;

  Amendments(Present present, LongSupplier keepMicros) {
    this.present = present;
    this.keepMicros = keepMicros;
  }

  /** Ids from this one on are missing: keeps what is needed to put them in when they come. */
  void gap(long firstId) {
    Run run = present.run();
    if (!run.tape().isWaiting() && run.tape().coveredId() == firstId - 1) {
      checkpoints.add(new Checkpoint(run));
      keepUseful(run.continuity().missing(firstId, firstId).gaps());
    }
  }

  /** So many trades have been taken. */
  void taken(int trades) {
    sinceCheck += trades;
    if (sinceCheck > TRADES_BETWEEN_CHECKS && !checkpoints.isEmpty()) {
      sinceCheck = 0;
      keepUseful(present.run().continuity().gaps());
    }
  }

  /**
   * Computes anew from before a gap.
   *
   * @param amended what is known of the ids now
   * @return false if there is nothing to go back to
   */
  boolean put(TradeAmendment late, Continuity amended, Moment moment) {
    Run old = present.run();
    Checkpoint checkpoint = checkpoints.before(late.firstId());
    Optional<TradeHistory> history = present.history();
    if (checkpoint == null || history.isEmpty()) {
      return false;
    }
    Run next = checkpoint.open(old, amended);
    long from = checkpoint.coveredId();
    List<Checkpoint> passed = new ArrayList<>();
    Replay replay =
        new Replay(history.get(), amended.gaps(), gap -> passed.add(new Checkpoint(next)));
    if (!replay.feed(next, from, old.tape().coveredId())) {
      return false;
    }
    int last = late.trades().size() - 1;
    boolean newest = last >= 0 && late.trades().id(last) > old.tape().lastId();
    next.tape()
        .receivedAt(newest ? moment.receivedAt(late.trades(), last) : old.tape().receivedAt());
    next.tape().publish(keepMicros.getAsLong());
    present.replace(next);
    checkpoints.dropAfter(from);
    passed.stream().filter(one -> one.coveredId() > from).forEach(checkpoints::add);
    keepUseful(amended.gaps());
    return true;
  }

  private void keepUseful(IdRanges gaps) {
    present.history().ifPresent(history -> checkpoints.keepUseful(gaps, new Replay(history, gaps)));
  }
}
