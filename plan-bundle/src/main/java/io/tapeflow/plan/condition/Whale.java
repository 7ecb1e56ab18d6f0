package io.tapeflow.plan.condition;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionMoment;
import io.tapeflow.api.plan.Distance;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Holds while there is an order of a side that is big and young enough. */
final class Whale implements Condition {
  private final List<String> metrics;
  private final String side;
  private final BigDecimal value;
  private final long youthMicros;

  // What was found last, which stays as long as the orders and the age of the greatest one do.
  private List<MetricRow> seen = List.of();
  private BigDecimal greatest = BigDecimal.ZERO;
  private long oldestMicros = Long.MAX_VALUE;

  Whale(String side, BigDecimal value, Duration youth) {
    this.side = side;
    this.value = value;
    youthMicros = youth.toNanos() / 1_000;
    metrics = List.of(metric(side));
  }

  /** The metric that it looks at: orders age between trades too. */
  static String metric(String side) {
    return "large.peaks." + side.toLowerCase(Locale.ROOT) + ".300s";
  }

  @Override
  public List<String> metrics() {
    return metrics;
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
    return List.of(new Distance("greatest order of " + side, greatest(moment), value, "quote"));
  }

  /** Of orders that are young enough; the older they are, the greater. */
  private BigDecimal greatest(ConditionMoment moment) {
    List<MetricRow> orders = moment.rows(0);
    long oldest = moment.timeMicros() - youthMicros;
    if (orders != seen || oldest >= oldestMicros) {
      find(orders, oldest);
    }
    return greatest;
  }

  private void find(List<MetricRow> orders, long oldest) {
    seen = orders;
    greatest = BigDecimal.ZERO;
    oldestMicros = Long.MAX_VALUE;
    for (MetricRow order : orders) {
      long time = ((BigDecimal) order.fields().get("timeMicros")).longValue();
      if (time <= oldest) {
        return;
      }
      greatest = (BigDecimal) order.fields().get("value");
      oldestMicros = time;
    }
  }
}
