package io.tapeflow.plan.store;

import io.tapeflow.api.plan.PlanState.Kind;
import io.tapeflow.api.plan.PlanTrigger;
import java.util.Objects;

/**
 * What is kept of a plan.
 *
 * @param id the plan's
 * @param content what the plan says, in one line: another line is another plan
 * @param createdMicros when it was first offered, by this machine's clock
 * @param instrument {@code venue:symbol}; empty as long as no trade of it has come
 * @param kind PENDING for all states that are not final
 * @param trigger null if it has not triggered
 * @param told whether a listener has been told of the trigger
 * @param gone when its source took it away, by this machine's clock in microseconds; 0 if it has
 *     not
 * @param lastId the last trade that had been looked at by then; -1 if that is not known
 */
public record PlanRecord(
    String id,
    String content,
    long createdMicros,
    String instrument,
    Kind kind,
    PlanTrigger trigger,
    boolean told,
    long gone,
    long lastId) {
  /** Checks that what is always there is. */
  public PlanRecord {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(kind, "kind");
  }

  /** A plan that nothing has become of yet. */
  public static PlanRecord begin(String id, String content, long createdMicros) {
    return new PlanRecord(id, content, createdMicros, "", Kind.PENDING, null, false, 0, -1);
  }

  public boolean isFinal() {
    return kind != Kind.PENDING;
  }

  public PlanRecord on(String key) {
    return new PlanRecord(id, content, createdMicros, key, kind, trigger, told, gone, lastId);
  }

  public PlanRecord ended(Kind as) {
    return new PlanRecord(id, content, createdMicros, instrument, as, trigger, told, gone, lastId);
  }

  public PlanRecord triggered(PlanTrigger at) {
    return new PlanRecord(
        id, content, createdMicros, instrument, Kind.TRIGGERED, at, false, gone, lastId);
  }

  public PlanRecord wasTold() {
    return new PlanRecord(
        id, content, createdMicros, instrument, kind, trigger, true, gone, lastId);
  }

  public PlanRecord gone(long atMicros, long behindId) {
    return new PlanRecord(
        id, content, createdMicros, instrument, kind, trigger, told, atMicros, behindId);
  }

  public PlanRecord back() {
    return new PlanRecord(id, content, createdMicros, instrument, kind, trigger, told, 0, lastId);
  }
}
