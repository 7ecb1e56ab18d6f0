package io.tapeflow.api.plan;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A plan and what has become of it.
 *
 * @param id the plan's id, or what its source can name it by
 * @param plan the plan; null if it could not be read
 * @param source the name of the source it comes from
 * @param state what has become of it
 * @param since from when on it has been of this kind of state, by this machine's clock
 * @param lastTradeId the last trade at which it was looked at; -1 if there has been none
 * @param lastTime exchange time of that trade; null if there has been none
 * @param conditions how each condition stood at that trade; the parts of a group that is the whole
 *     condition one by one
 */
public record PlanStatus(
    String id,
    Plan plan,
    String source,
    PlanState state,
    Instant since,
    long lastTradeId,
    Instant lastTime,
    List<ConditionStatus> conditions) {
  /** Takes a copy. */
  public PlanStatus {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(since, "since");
    conditions = List.copyOf(conditions);
  }
}
