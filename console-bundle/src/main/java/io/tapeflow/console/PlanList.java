package io.tapeflow.console;

import io.tapeflow.api.plan.PlanStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the command {@code plans} returns. Its string is for a terminal.
 *
 * @param at when
 * @param plans all of them
 */
public record PlanList(Instant at, List<PlanStatus> plans) {
  /** Takes a copy of the list. */
  public PlanList {
    plans = List.copyOf(plans);
  }

  @Override
  public String toString() {
    if (plans.isEmpty()) {
      return "There are no plans.\n";
    }
    Table table = new Table("", "Plan", "Instrument", "Direction", "State", "For", "Source", "Why");
    for (PlanStatus status : plans) {
      table.row(
          status.id(),
          status.plan() == null ? "-" : status.plan().instrument(),
          status.plan() == null ? "-" : status.plan().direction(),
          status.state().kind(),
          Words.seconds(Duration.between(status.since(), at)),
          status.source(),
          PlanDetail.why(status.state()));
    }
    return table.toString();
  }
}
