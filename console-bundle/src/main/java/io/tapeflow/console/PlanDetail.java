package io.tapeflow.console;

import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.plan.ConditionStatus;
import io.tapeflow.api.plan.Distance;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.plan.PlanState;
import io.tapeflow.api.plan.PlanStatus;
import io.tapeflow.api.plan.PlanTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the command {@code plan} returns. Its string is for a terminal.
 *
 * @param at when
 * @param status of the plan
 */
public record PlanDetail(Instant at, PlanStatus status) {

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s from %s: %s for %s%s\n"
            .formatted(
                status.id(),
                status.source(),
                status.state().kind(),
                Words.seconds(Duration.between(status.since(), at)),
                after(why(status.state()))));
    if (status.plan() != null) {
      text.append("To ").append(status.plan().direction()).append(' ');
      text.append(status.plan().instrument()).append('\n');
    }
    text.append("Last looked at: ");
    text.append(
        status.lastTradeId() < 0
            ? "never\n"
            : "trade %d at %s\n".formatted(status.lastTradeId(), status.lastTime()));
    if (status.state() instanceof PlanState.Invalid invalid) {
      invalid.faults().forEach(fault -> text.append("  ").append(fault).append('\n'));
    }
    text.append(conditions(status.conditions()));
    if (status.state() instanceof PlanState.Triggered triggered) {
      text.append(evidence(triggered.trigger()));
    }
    return text.toString();
  }

  /** What there is to say of a state in one line; empty if its kind says all. */
  static String why(PlanState state) {
    if (state instanceof PlanState.Blocked blocked) {
      return blocked.reason();
    } else if (state instanceof PlanState.Armed armed) {
      return "holds: " + String.join(", ", armed.holding());
    } else if (state instanceof PlanState.Triggered triggered) {
      PlanTrigger trigger = triggered.trigger();
      return "trade %d at %s, %s"
          .formatted(
              trigger.tradeId(),
              trigger.price().stripTrailingZeros().toPlainString(),
              trigger.time());
    } else if (state instanceof PlanState.Invalid invalid) {
      return invalid.faults().stream().map(PlanFault::toString).collect(Collectors.joining("; "));
    } else if (state instanceof PlanState.Expired expired) {
      return "at " + expired.at();
    }
    return "";
  }

  private static String conditions(List<ConditionStatus> conditions) {
    if (conditions.isEmpty()) {
      return "";
    }
    Table table = new Table("  ", "Condition", "Says", "Lacks", "Why");
    for (ConditionStatus condition : conditions) {
      table.row(
          condition.text(),
          condition.truth() == null ? "-" : condition.truth(),
          condition.distances().stream().map(PlanDetail::told).collect(Collectors.joining("; ")),
          condition.reason());
    }
    return table.toString();
  }

  private static String told(Distance distance) {
    String unit = distance.unit().isEmpty() ? "" : ' ' + distance.unit();
    return "%s is %s, threshold %s%s, %s to go"
        .formatted(
            distance.what(),
            distance.value().toPlainString(),
            distance.threshold().toPlainString(),
            unit,
            distance.missing().toPlainString());
  }

  private static String evidence(PlanTrigger trigger) {
    if (trigger.evidence().isEmpty()) {
      return "";
    }
    Table table = new Table("  ", "Evidence", "Value", "Status");
    for (MetricValue metric : trigger.evidence()) {
      Object value =
          metric.value() instanceof List<?> rows ? rows.size() + " rows" : metric.value();
      table.row(metric.name(), value == null ? "-" : value, metric.status());
    }
    return table.toString();
  }

  private static String after(String why) {
    return why.isEmpty() ? "" : ", " + why;
  }
}
