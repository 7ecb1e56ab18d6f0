package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.trade.TradeHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets families come and go while trades flow. One that comes when there have been trades is built
 * from history by whoever calls {@link #build}, and goes live where history meets the trades.
 */
final class FamilyBuilder {
  /** How many trades a family that is being built may take while the writer waits. */
  private static final int LAST_STRETCH = 512;

  private static final int TRIES = 5;

  private final Present present;
  private final Parked parked;

  /** The first id that was put in late since the build under way began. In turn only. */
  private long amendedFrom;

  FamilyBuilder(Present present, Parked parked) {
    this.present = present;
    this.parked = parked;
  }

  /**
   * Brings the slots in line with the families that there are.
   *
   * @return those that have to be built from history, by {@link #build}
   */
  List<FamilySlot> sync(Map<String, MetricFactory> families) {
    List<FamilySlot> pending = new ArrayList<>();
    present.turn().takeToRead();
    try {
      Run run = present.run();
      for (FamilySlot slot : List.copyOf(run.slots())) {
        if (families.get(slot.family()) != slot.factory()) {
          parked.put(slot);
          run.remove(slot);
          present.changed();
        }
      }
      families.forEach(
          (family, factory) -> {
            if (run.slot(family) == null) {
              FamilySlot slot = new FamilySlot(family, factory, present.instrument());
              run.put(slot);
              present.changed();
              if (run.tape().hasBegun()) {
                pending.add(slot);
              } else {
                slot.create();
              }
            }
          });
    } finally {
      present.turn().end();
    }
    return pending;
  }

  /** The slots that wait to be built. */
  List<FamilySlot> pending() {
    present.turn().takeToRead();
    try {
      return present.run().slots().stream().filter(FamilySlot::isPending).toList();
    } finally {
      present.turn().end();
    }
  }

  /** In turn: trades from this id on have been put in late. What has been fed more begins anew. */
  void amended(long firstId) {
    amendedFrom = Math.min(amendedFrom, firstId);
    parked.dropFrom(firstId);
  }

  /**
   * Builds a family from history and lets it go live, without a hole and without a repeat. For one
   * thread at a time.
   */
  void build(FamilySlot slot) {
    int overtaken = 0;
    Try last = Try.AMENDED;
    while (last != Try.DONE && !Thread.currentThread().isInterrupted()) {
      // If history moves on faster than it can be read, the family begins with the next trade.
      last = build(slot, overtaken < TRIES ? present.history() : Optional.empty());
      overtaken += last == Try.OVERTAKEN ? 1 : 0;
    }
  }

  private Try build(FamilySlot slot, Optional<TradeHistory> history) {
    FamilyState state;
    present.turn().takeToRead();
    try {
      if (!isWanted(slot)) {
        return Try.DONE;
      }
      amendedFrom = Long.MAX_VALUE;
      state = parked.get(slot.family());
    } finally {
      present.turn().end();
    }
    FamilySlot built = slot.anew().create();
    long done = begin(built, state, history);
    while (true) {
      present.turn().takeToRead();
      long upTo = present.run().tape().coveredId();
      IdRanges gaps = present.run().continuity().gaps();
      try {
        if (amendedFrom <= done) {
          return Try.AMENDED;
        }
        if (history.isEmpty() || !built.isLive() || upTo - done <= LAST_STRETCH) {
          return attach(slot, built, history, done) ? Try.DONE : Try.OVERTAKEN;
        }
      } finally {
        present.turn().end();
      }
      if (!new Replay(history.get(), gaps).feed(built, done, upTo)) {
        return Try.OVERTAKEN;
      }
      done = upTo;
    }
  }

  /** Where a new calculator begins: behind its former state, or with the oldest trade held. */
  private static long begin(FamilySlot built, FamilyState state, Optional<TradeHistory> history) {
    boolean restored = state != null && built.restore(state);
    if (history.isEmpty()) {
      return restored ? state.coveredId() : -1;
    }
    long before = Replay.beforeOldest(history.get(), -1);
    if (restored && before > state.coveredId()) {
      built.hole(state.coveredId() + 1, before);
    }
    return restored ? Math.max(before, state.coveredId()) : before;
  }

  /** In turn: feeds what is left, and puts the calculator in its slot's place. */
  private boolean attach(
      FamilySlot slot, FamilySlot built, Optional<TradeHistory> history, long done) {
    Run run = present.run();
    long upTo = run.tape().coveredId();
    if (history.isPresent()
        && built.isLive()
        && !new Replay(history.get(), run.continuity().gaps()).feed(built, done, upTo)) {
      return false;
    }
    if (history.isEmpty() && built.hasBegun() && built.coveredId() < upTo) {
      built.hole(built.coveredId() + 1, upTo);
    }
    if (isWanted(slot)) {
      run.put(built);
      parked.remove(slot.family());
      present.changed();
    }
    return true;
  }

  private boolean isWanted(FamilySlot slot) {
    return !present.isClosed() && present.run().slot(slot.family()) == slot;
  }

  /** How a try to build a family ends. */
  private enum Try {
    DONE,

    /** Late trades were put in among those that had been fed. */
    AMENDED,

    /** History dropped what had not been fed yet. */
    OVERTAKEN
  }
}
