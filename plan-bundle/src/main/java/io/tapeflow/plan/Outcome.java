package io.tapeflow.plan;

import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanTrigger;
import io.tapeflow.api.trade.Side;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/**
 * What would have come of a plan with an entry, a stop and a target, had it been filled at the
 * trade at which it triggered. R is what it would have lost at its stop. It is closed at the first
 * trade that reaches the stop, at that trade's price, which may be worse; or the target, at the
 * target's. Costs are not counted.
 */
final class Outcome {
  private final boolean buy;
  private final BigDecimal fill;
  private final BigDecimal stop;
  private final BigDecimal target;
  private final Instant since;

  private BigDecimal last;
  private Instant lastTime;
  private String end = "open";

  private Outcome(Plan plan, PlanTrigger trigger) {
    buy = plan.direction() == Side.BUY;
    fill = trigger.price();
    stop = plan.stopLoss();
    target = plan.takeProfit();
    since = trigger.time();
    last = fill;
    lastTime = since;
    if (gain(stop, fill).signum() <= 0) {
      end = "none, the price was beyond the stop";
    } else if (gain(fill, target).signum() <= 0) {
      end = "none, the price was beyond the target";
    }
  }

  /** Null if the plan does not have all that it takes. */
  static Outcome of(Plan plan, PlanTrigger trigger) {
    boolean whole = plan.entry() != null && plan.stopLoss() != null && plan.takeProfit() != null;
    return whole ? new Outcome(plan, trigger) : null;
  }

  boolean isOpen() {
    return "open".equals(end);
  }

  /** The next trade. */
  void trade(BigDecimal price, Instant time) {
    if (!isOpen()) {
      return;
    }
    last = price;
    lastTime = time;
    if (gain(stop, price).signum() <= 0) {
      end = "stop";
    } else if (gain(price, target).signum() <= 0) {
      end = "target";
      last = target;
    }
  }

  /** What came of it, in R; null if nothing could. */
  BigDecimal result() {
    if (end.startsWith("none")) {
      return null;
    }
    return gain(fill, last)
        .divide(gain(stop, fill), MathContext.DECIMAL64)
        .setScale(2, RoundingMode.HALF_EVEN);
  }

  @Override
  public String toString() {
    BigDecimal result = result();
    return result == null
        ? end
        : "%s after %d s, %s%s R"
            .formatted(
                end,
                Duration.between(since, lastTime).toSeconds(),
                result.signum() > 0 ? "+" : "",
                result.toPlainString());
  }

  /** What is won from one price to another. */
  private BigDecimal gain(BigDecimal from, BigDecimal to) {
    return buy ? to.subtract(from) : from.subtract(to);
  }
}
