package io.tapeflow.api.plan;

import io.tapeflow.api.metrics.MetricValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The trade at which a plan held, and what was known then.
 *
 * @param planId the plan
 * @param instrument {@code venue:symbol}
 * @param tradeId aggregate trade id
 * @param price of that trade, in quote units
 * @param time exchange time of that trade
 * @param decidedAt when it was found, by this machine's clock; long after {@code time} if the trade
 *     was missed and read from history
 * @param conditions how each condition stood
 * @param evidence the metrics that the plan rests on, as they were at that trade
 */
public record PlanTrigger(
    String planId,
    String instrument,
    long tradeId,
    BigDecimal price,
    Instant time,
    Instant decidedAt,
    List<ConditionStatus> conditions,
    List<MetricValue> evidence) {
  /** Takes copies. */
  public PlanTrigger {
    Objects.requireNonNull(planId, "planId");
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(price, "price");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(decidedAt, "decidedAt");
    conditions = List.copyOf(conditions);
    evidence = List.copyOf(evidence);
  }
}
