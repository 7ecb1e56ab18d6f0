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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A plan as a source has given it, and what has become of it. */
final class Entry {
  private static final Set<String> IDENTITY = Set.of("id", "instrument", "direction");

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

  /**
   * A plan whose id another source has taken.
   *
   * @param faults what else is wrong with it
   */
  static Entry taken(
      String source, PlanDraft draft, List<PlanFault> faults, String by, Instant now) {
    List<PlanFault> all = new ArrayList<>(faults);
    // If the other one stands in the same text, that has been said.
    if (draft.faults().stream().noneMatch(it -> it.path().equals("id"))) {
      PlanFault fault = new PlanFault("id", "There is a plan of this id from " + by, "another id");
      all.add(fault.at(draft.positions().get("id")));
    }
    Entry entry = new Entry(source, draft, List.copyOf(all), null, null, now);
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

  /** The plan, to be shown; null if what it is for could not be read. */
  Plan shown() {
    boolean known = draft.faults().stream().map(PlanFault::path).noneMatch(IDENTITY::contains);
    return known ? draft.plan() : null;
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

  /** Whether it has never been looked at: no trade of its instrument has come. */
  boolean isUnbound() {
    return isLive() && record.instrument().isEmpty();
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
