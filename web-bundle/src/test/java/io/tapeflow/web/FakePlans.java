package io.tapeflow.web;

import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.plan.ConditionInfo;
import io.tapeflow.api.plan.ConditionStatus;
import io.tapeflow.api.plan.Distance;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.plan.PlanState;
import io.tapeflow.api.plan.PlanStatus;
import io.tapeflow.api.plan.PlanTrigger;
import io.tapeflow.api.plan.Plans;
import io.tapeflow.api.plan.Truth;
import io.tapeflow.api.trade.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Plans that never change: one that is blocked, one that has triggered, one that is wrong. */
record FakePlans(List<PlanStatus> list) implements Plans {
  private static final Instant AT = Instant.parse("2026-01-05T12:00:00Z");

  FakePlans() {
    this(List.of(blocked(), triggered(), wrong()));
  }

  @Override
  public Optional<PlanStatus> find(String id) {
    return list.stream().filter(it -> it.id().equals(id)).findFirst();
  }

  @Override
  public List<PlanFault> validate(Plan plan) {
    return List.of();
  }

  @Override
  public boolean cancel(String id) {
    return false;
  }

  @Override
  public List<ConditionInfo> conditions() {
    return List.of();
  }

  private static PlanStatus blocked() {
    ConditionStatus unknown = new ConditionStatus("whale_buy", Truth.BLOCKED, "STALE", List.of());
    ConditionStatus fails =
        new ConditionStatus(
            "delta.60s > 5",
            Truth.FAILS,
            "",
            List.of(new Distance("delta.60s", new BigDecimal("3"), new BigDecimal("5"), "base")));
    PlanState state = new PlanState.Blocked("large.trades.300s is STALE");
    return new PlanStatus("dip", plan(), "a.yaml", state, AT, 7, AT, List.of(unknown, fails));
  }

  private static PlanStatus triggered() {
    MetricValue evidence = MetricValue.none("delta.60s", MetricStatus.OK, "", AT);
    PlanTrigger trigger =
        new PlanTrigger(
            "hit", "venue:BTCUSDT", 8, new BigDecimal("100"), AT, AT, List.of(), List.of(evidence));
    PlanState state = new PlanState.Triggered(trigger);
    return new PlanStatus("hit", plan(), "a.yaml", state, AT, 8, AT, List.of());
  }

  private static PlanStatus wrong() {
    PlanFault fault = new PlanFault("entry", 3, 4, "x is no number", "a number");
    PlanState state = new PlanState.Invalid(List.of(fault));
    return new PlanStatus("bad", null, "a.yaml", state, AT, -1, null, List.of());
  }

  private static Plan plan() {
    return new Plan("dip", "BTCUSDT", Side.BUY, new PlanCondition.Named("whale_buy"));
  }
}
