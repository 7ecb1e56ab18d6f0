package io.tapeflow.metrics;

import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up the computation where the bundle was last stopped, with the families that were at work
 * then. In turn only.
 */
final class Resumption {
  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

  /** Families come one by one; one that does not come back must not keep the others for ever. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Present present;
  private final Parked parked;
  private final Clock clock;
  private SavedRun saved;

  /**
   * Stands ready for the first trades.
   *
   * @param saved where the computation stood; null if nowhere
   */
  Resumption(Present present, Parked parked, Clock clock, SavedRun saved) {
    this.present = present;
    this.parked = parked;
    this.clock = clock;
    this.saved = saved;
  }

  /**
   * The first trades have come: goes on from what was saved, if they do.
   *
   * @throws InterruptedException if it is told to give up while families are still missing
   */
  void begin(TradeBatch trades) throws InterruptedException {
    SavedRun before = saved;
    if (before == null) {
      return;
    }
    if (!before.isBefore(trades) && !isInHistory(before, trades)) {
      LOG.info(
          "{} begins anew: its trades do not go on from the saved ones",
          present.instrument().key());
      saved = null;
      return;
    }
    awaitFamilies(before);
    if (present.isClosed()) {
      return;
    }
    Run next = new Run(FlowTape.after(present.instrument(), before.tape()), before.continuity());
    parked.putAll(before.states());
    long first = trades.id(0);
    if (first > before.coveredId() + 1) {
      next.continuity(next.continuity().missing(before.coveredId() + 1, first - 1));
    }
    for (FamilySlot slot : List.copyOf(present.run().slots())) {
      next.put(slot);
      FamilyState state = parked.remove(slot.family());
      if (state != null && slot.restore(state) && first > state.coveredId() + 1) {
        slot.hole(state.coveredId() + 1, first - 1);
      }
    }
    present.replace(next);
  }

  /** Without this, there would be trades at which what a family computes is not known. */
  private void awaitFamilies(SavedRun before) throws InterruptedException {
    long until = clock.nanos() + PATIENCE.toNanos();
    present
        .turn()
        .letOthersUntil(
            () -> missing(before).isEmpty() || present.isClosed() || clock.nanos() - until >= 0);
    Set<String> missing = missing(before);
    if (!missing.isEmpty() && !present.isClosed()) {
      LOG.warn(
          "{} goes on without the families {}, which have not come back within {} s",
          present.instrument().key(),
          missing,
          PATIENCE.toSeconds());
    }
  }

  private Set<String> missing(SavedRun before) {
    Set<String> missing = new TreeSet<>(before.families());
    present.run().slots().forEach(slot -> missing.remove(slot.family()));
    return missing;
  }

  /** Trades have been taken: what was saved has had its use once they are past its end. */
  void taken() {
    if (saved != null && !present.run().tape().isWaiting()) {
      saved = null;
    }
  }

  /** Where the computation stands, for the next start; null if nowhere. */
  SavedRun save() {
    Run run = present.run();
    FlowTape tape = run.tape();
    if (tape.isWaiting() || !tape.hasBegun()) {
      return saved;
    }
    run.slots().forEach(parked::put);
    return new SavedRun(present.instrument(), tape.state(), run.continuity(), parked.all());
  }

  /** Whether the last trade of a saved run is among those that are to come. */
  private boolean isInHistory(SavedRun before, TradeBatch trades) {
    return before.endsIn(trades)
        || present
            .history()
            .map(history -> history.from(before.lastId(), 1))
            .filter(before::endsIn)
            .isPresent();
  }
}
