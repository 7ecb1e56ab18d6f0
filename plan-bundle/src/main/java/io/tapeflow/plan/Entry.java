package io.tapeflow.plan;

import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.plan.PlanState;
import io.tapeflow.plan.evaluate.Beginning;
import io.tapeflow.plan.evaluate.Standing;
import io.tapeflow.plan.evaluate.Watch;
import io.tapeflow.plan.store.PlanRecord;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** A plan as a source has given it, and what has become of it. */
final class Entry {
  private final String source;
  private final PlanDraft draft;
  private final Beginning beginning;
  private boolean taken;
  private final List<PlanFault> faults;
  private volatile PlanRecord record;

  /** What has been told of it last; by the thread that tells only. */
  private volatile Standing told;

  private volatile Instant since;

  // By the thread that feeds its instrument only.
  private Watch watch;

  /**
   * An entry.
   *
   * @param faults all that is wrong with it; empty if it may be looked at
   * @param record null if it is wrong
   * @param beginning the trades from which on it may trigger
   */
  Entry(
      String source,
      PlanDraft draft,
      List<PlanFault> faults,
      PlanRecord record,
      Beginning beginning,
      Instant now) {
    this.source = source;
    this.draft = draft;
    this.faults = faults;
    this.record = record;
    this.beginning = beginning;
    this.since = now;
  }

  /** A plan whose id another source has taken. */
  static Entry taken(String source, PlanDraft draft, String by, Instant now) {
    PlanFault fault = new PlanFault("id", "There is a plan of this id from " + by, "another id");
    PlanFault there = fault.at(draft.positions().get("id"));
    Entry entry = new Entry(source, draft, List.of(there), null, null, now);
    entry.taken = true;
    return entry;
  }

  boolean isTaken() {
    return taken;
  }

  String source() {
    return source;
  }

  PlanDraft draft() {
    return draft;
  }

  String id() {
    return draft.id();
  }

  Plan plan() {
    return draft.plan();
  }

  Beginning beginning() {
    return beginning;
  }

  List<PlanFault> faults() {
    return faults;
  }

  PlanRecord record() {
    return record;
  }

  boolean isLive() {
    return faults.isEmpty() && !record.isFinal();
  }

  /** Changes what is kept of it, unless that is final. Returns null if it is. */
  synchronized PlanRecord change(UnaryOperator<PlanRecord> how) {
    if (record == null || record.isFinal()) {
      return null;
    }
    record = how.apply(record);
    return record;
  }

  /** Its listeners have been told of its trigger. */
  synchronized PlanRecord wasTold() {
    record = record.wasTold();
    return record;
  }

  /** What is final about it; null if nothing is. */
  Standing finished() {
    if (!faults.isEmpty()) {
      return Standing.of(new PlanState.Invalid(faults));
    }
    PlanRecord now = record;
    return switch (now.kind()) {
      case TRIGGERED -> Standing.of(new PlanState.Triggered(now.trigger()));
      case EXPIRED -> Standing.of(new PlanState.Expired(plan().expires()));
      case CANCELLED -> Standing.of(new PlanState.Cancelled());
      case PENDING, BLOCKED, ARMED, INVALID -> null;
    };
  }

  Standing told() {
    return told;
  }

  Instant since() {
    return since;
  }

  void told(Standing standing, Instant now) {
    told = standing;
    since = now;
  }

  /** The watch that looks at it; null if there is none yet. */
  Watch watch() {
    return watch;
  }

  void watch(Watch by) {
    watch = by;
  }
}
