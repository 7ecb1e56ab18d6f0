package io.tapeflow.plan.condition;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionMoment;
import io.tapeflow.api.plan.Distance;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Holds while there is a large order of a side that is big and young enough. */
final class Whale implements Condition {
  /** The order is seen by the trades that it was printed as, so it ages between them too. */
  private static final String ORDERS = "large.trades.300s";

  private final String side;
  private final BigDecimal value;
  private final Duration youth;

  Whale(String side, BigDecimal value, Duration youth) {
    this.side = side;
    this.value = value;
    this.youth = youth;
  }

  @Override
  public List<String> metrics() {
    return List.of(ORDERS);
  }

  @Override
  public boolean onlyOnChange() {
    return false;
  }

  @Override
  public boolean holds(ConditionMoment moment) {
    return greatest(moment).compareTo(value) >= 0;
  }

  @Override
  public List<Distance> distances(ConditionMoment moment) {
    return List.of(
        new Distance("greatest large order of " + side, greatest(moment), value, "quote"));
  }

  private BigDecimal greatest(ConditionMoment moment) {
    Instant oldest = Instant.EPOCH.plus(moment.timeMicros(), ChronoUnit.MICROS).minus(youth);
    BigDecimal greatest = BigDecimal.ZERO;
    for (MetricRow order : moment.rows(0)) {
      if (side.equals(order.fields().get("side"))
          && Instant.parse((String) order.fields().get("time")).isAfter(oldest)) {
        greatest = greatest.max((BigDecimal) order.fields().get("value"));
      }
    }
    return greatest;
  }
}
