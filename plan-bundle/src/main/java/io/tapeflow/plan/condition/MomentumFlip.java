package io.tapeflow.plan.condition;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionMoment;
import java.math.BigDecimal;
import java.util.List;

/**
 * Holds while the last closed bar went one way, in price and in delta, and the bar before it had
 * gone the other way in price. It remembers bars itself, so it knows of none that closed before its
 * first trade.
 */
final class MomentumFlip implements Condition {
  private static final int NUMBER = 0;
  private static final int OPEN = 1;
  private static final int CLOSE = 2;
  private static final int DELTA = 3;

  private final List<String> metrics;
  private final int direction;

  private BigDecimal number;
  private int way;
  private int wayBefore;

  MomentumFlip(String bar, boolean upwards) {
    metrics = List.of("bar.number." + bar, "open." + bar, "close." + bar, "delta." + bar);
    direction = upwards ? 1 : -1;
  }

  @Override
  public List<String> metrics() {
    return metrics;
  }

  @Override
  public boolean holds(ConditionMoment moment) {
    BigDecimal now = moment.number(NUMBER);
    if (number == null || now.compareTo(number) != 0) {
      boolean next = number != null && now.compareTo(number.add(BigDecimal.ONE)) == 0;
      wayBefore = next ? way : 0;
      number = now;
    }
    way = moment.number(CLOSE).compareTo(moment.number(OPEN));
    return way == direction
        && wayBefore == -direction
        && moment.number(DELTA).signum() == direction;
  }

  @Override
  public void interrupted() {
    number = null;
    way = 0;
    wayBefore = 0;
  }
}
