package io.tapeflow.plan;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.OrderFlowListener;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanTrigger;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.plan.condition.StandardConditions;
import io.tapeflow.plan.evaluate.Beginning;
import io.tapeflow.plan.evaluate.Evaluation;
import io.tapeflow.plan.evaluate.Verdicts;
import io.tapeflow.plan.evaluate.Watch;
import io.tapeflow.tasks.Clock;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Plans against the trades of an archive, looked at as they would have been live from the first
 * trade on. Keeps nothing and tells nobody. Not safe for several threads.
 */
final class Backtest implements OrderFlowListener, Verdicts {
  /** Shown when no plan is looked at any more, but outcomes are still open. */
  private static final List<String> ANY = List.of("price.last");

  private final List<Plan> plans;
  private final Registry registry = new Registry(() -> null);
  private final Map<String, String> results = new HashMap<>();
  private final Map<String, PlanTrigger> triggers = new HashMap<>();
  private final Map<String, Outcome> outcomes = new HashMap<>();
  private Evaluation evaluation;

  Backtest(List<Plan> plans) {
    this.plans = plans;
    StandardConditions.all().forEach(registry::add);
  }

  @Override
  public List<String> metrics(Instrument instrument) {
    List<String> wanted = evaluation(instrument).metrics();
    return wanted.isEmpty() ? ANY : wanted;
  }

  @Override
  public void onMoments(FlowMoments moments) {
    Evaluation looks = evaluation(moments.instrument());
    if (!looks.watches().isEmpty()) {
      looks.look(moments);
    }
    for (Map.Entry<String, Outcome> entry : outcomes.entrySet()) {
      long triggered = triggers.get(entry.getKey()).tradeId();
      for (int i = 0; i < moments.size() && entry.getValue().isOpen(); i++) {
        if (moments.id(i) > triggered) {
          entry
              .getValue()
              .trade(
                  moments.instrument().price(moments.price(i)),
                  Clock.instant(moments.timeMicros(i)));
        }
      }
    }
  }

  /** Trades are missing. */
  void interrupted() {
    if (evaluation != null) {
      evaluation.interrupt();
    }
  }

  @Override
  public void triggered(Watch watch, PlanTrigger trigger) {
    triggers.put(trigger.planId(), trigger);
    Outcome outcome = Outcome.of(watch.plan(), trigger);
    if (outcome != null) {
      outcomes.put(trigger.planId(), outcome);
    }
  }

  @Override
  public void expired(Watch watch) {
    results.put(watch.plan().id(), "expired at " + watch.plan().expires());
  }

  /** What became of each plan, in lines; evidence is indented. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Plan plan : plans) {
      PlanTrigger trigger = triggers.get(plan.id());
      if (trigger == null) {
        lines.add("Plan " + plan.id() + ": " + unmet(plan));
      } else {
        lines.add(told(plan, trigger));
        lines.add("  " + evidence(trigger));
      }
    }
    total(lines);
    return lines;
  }

  private String unmet(Plan plan) {
    String result = results.get(plan.id());
    return result == null ? standing(plan) : result;
  }

  private String standing(Plan plan) {
    if (evaluation == null) {
      return "no trade of " + plan.instrument();
    }
    return evaluation.watches().stream()
        .filter(it -> it.plan().equals(plan))
        .findFirst()
        .map(
            watch ->
                evaluation.conditions(watch).stream()
                    .map(
                        it ->
                            it.text()
                                + ' '
                                + it.truth()
                                + (it.reason().isEmpty() ? "" : " (" + it.reason() + ')'))
                    .collect(Collectors.joining(", ", "not triggered; at the end ", "")))
        .orElse("not of this archive: it is for " + plan.instrument());
  }

  private String told(Plan plan, PlanTrigger trigger) {
    Outcome outcome = outcomes.get(plan.id());
    return "Plan %s: triggered at trade %d, %s, %s%s"
        .formatted(
            plan.id(),
            trigger.tradeId(),
            trigger.price().stripTrailingZeros().toPlainString(),
            trigger.time(),
            outcome == null ? "" : "; outcome " + outcome);
  }

  private static String evidence(PlanTrigger trigger) {
    return trigger.evidence().isEmpty()
        ? "on the price alone"
        : trigger.evidence().stream()
            .map(Backtest::told)
            .collect(Collectors.joining(", ", "on ", ""));
  }

  private static String told(MetricValue metric) {
    Object value = metric.value();
    if (value instanceof BigDecimal number) {
      return metric.name() + " = " + number.toPlainString();
    }
    return metric.name() + " = " + (value instanceof List<?> rows ? rows.size() + " rows" : value);
  }

  private void total(List<String> lines) {
    List<BigDecimal> closed =
        outcomes.values().stream()
            .filter(it -> !it.isOpen())
            .map(Outcome::result)
            .filter(it -> it != null)
            .toList();
    if (!closed.isEmpty()) {
      BigDecimal sum = closed.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      lines.add(
          "Plans: %d triggered, %d closed, %s%s R together"
              .formatted(
                  triggers.size(),
                  closed.size(),
                  sum.signum() > 0 ? "+" : "",
                  sum.toPlainString()));
    }
  }

  private Evaluation evaluation(Instrument instrument) {
    if (evaluation == null) {
      evaluation = new Evaluation(instrument, registry, Clock.SYSTEM, this);
      evaluation.set(
          plans.stream()
              .filter(plan -> instrument.isCalled(plan.instrument()))
              .map(
                  plan ->
                      new Watch(
                          plan,
                          plan.condition() == null
                              ? null
                              : registry.resolve(plan, plan.condition()),
                          Beginning.AT_ONCE))
              .toList());
    }
    return evaluation;
  }
}
