package io.tapeflow.web;

import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.plan.ConditionStatus;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanState;
import io.tapeflow.api.plan.PlanStatus;
import io.tapeflow.api.plan.PlanTrigger;
import io.tapeflow.web.MetricsView.MetricView;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan and what has become of it, in JSON. Decimals are strings. What it does not have is null.
 *
 * @param reason why it is blocked; empty if it is not
 * @param holding the conditions that hold, as they are written
 */
record PlanView(
    String id,
    String instrument,
    String direction,
    String entry,
    String stopLoss,
    String takeProfit,
    String tolerance,
    String expires,
    int evaluateSeconds,
    String source,
    String state,
    String reason,
    String since,
    Long lastTradeId,
    String lastTime,
    List<String> holding,
    List<FaultView> faults,
    List<ConditionView> conditions,
    TriggerView trigger) {

  static PlanView of(PlanStatus it) {
    Plan plan = it.plan();
    PlanState state = it.state();
    return new PlanView(
        it.id(),
        plan == null ? null : plan.instrument(),
        plan == null ? null : plan.direction().name(),
        plan == null ? null : plain(plan.entry()),
        plan == null ? null : plain(plan.stopLoss()),
        plan == null ? null : plain(plan.takeProfit()),
        plan == null ? null : plain(plan.tolerance()),
        plan == null ? null : Json.time(plan.expires()),
        plan == null ? 0 : plan.evaluation().seconds(),
        it.source(),
        state.kind().name(),
        state instanceof PlanState.Blocked blocked ? blocked.reason() : "",
        Json.time(it.since()),
        Json.id(it.lastTradeId()),
        Json.time(it.lastTime()),
        state instanceof PlanState.Armed armed ? armed.holding() : List.of(),
        state instanceof PlanState.Invalid invalid
            ? invalid.faults().stream()
                .map(f -> new FaultView(f.path(), f.line(), f.column(), f.what(), f.allowed()))
                .toList()
            : List.of(),
        it.conditions().stream().map(ConditionView::of).toList(),
        state instanceof PlanState.Triggered triggered
            ? TriggerView.of(triggered.trigger())
            : null);
  }

  private static String plain(BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }

  /**
   * What is wrong, where, and what would be right; line and column are 0 where there is no text.
   */
  record FaultView(String path, int line, int column, String what, String allowed) {}

  /** A condition; it says null if it has not been looked at. */
  record ConditionView(String text, String says, String reason, List<DistanceView> distances) {
    static ConditionView of(ConditionStatus it) {
      return new ConditionView(
          it.text(),
          it.truth() == null ? null : it.truth().name(),
          it.reason(),
          it.distances().stream()
              .map(
                  d ->
                      new DistanceView(
                          d.what(), plain(d.value()), plain(d.threshold()), plain(d.missing())))
              .toList());
    }
  }

  /** How far a number is from its threshold. */
  record DistanceView(String what, String value, String threshold, String missing) {}

  /** The trade at which it held, and the metrics it rests on. */
  record TriggerView(
      long tradeId, String price, String time, String decidedAt, Map<String, MetricView> evidence) {
    static TriggerView of(PlanTrigger it) {
      Map<String, MetricView> evidence = new LinkedHashMap<>();
      for (MetricValue metric : it.evidence()) {
        evidence.put(metric.name(), MetricView.of(metric, null));
      }
      return new TriggerView(
          it.tradeId(),
          plain(it.price()),
          Json.time(it.time()),
          Json.time(it.decidedAt()),
          evidence);
    }
  }
}
