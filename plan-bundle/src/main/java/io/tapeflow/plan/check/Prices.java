package io.tapeflow.plan.check;

import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.trade.Side;
import io.tapeflow.plan.text.Quantities;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Judges the prices of a plan. */
final class Prices {
  private final Plan plan;
  private final List<PlanFault> faults = new ArrayList<>();

  private Prices(Plan plan) {
    this.plan = plan;
  }

  /**
   * What is wrong with them.
   *
   * @param unread fields that could not be read: what would be judged by them is not
   */
  static List<PlanFault> faults(Plan plan, Set<String> unread) {
    Prices prices = new Prices(plan);
    prices.judge(!unread.contains("entry"), !unread.contains("direction"));
    return prices.faults;
  }

  /** The prices at which the plan may trigger. */
  static Interval wanted(Plan plan) {
    BigDecimal entry = plan.entry();
    if (entry == null) {
      return Interval.ALL;
    } else if (plan.tolerance() != null) {
      return new Interval(
          entry.subtract(plan.tolerance()), true, entry.add(plan.tolerance()), true);
    }
    return plan.direction() == Side.BUY
        ? new Interval(null, false, entry, true)
        : new Interval(entry, true, null, false);
  }

  private void judge(boolean entryRead, boolean directionRead) {
    boolean sound = positive("entry", plan.entry());
    sound &= positive("stopLoss", plan.stopLoss());
    sound &= positive("takeProfit", plan.takeProfit());
    boolean soundTolerance = positive("tolerance", plan.tolerance());
    if (plan.tolerance() != null && plan.entry() == null && entryRead) {
      fault("tolerance", "There is no entry that it could be measured from", "with an entry");
    }
    if (sound) {
      if (directionRead) {
        sides();
      }
      if (soundTolerance && plan.tolerance() != null && plan.entry() != null) {
        tolerance();
      }
    }
  }

  private boolean positive(String path, BigDecimal price) {
    if (price == null || (price.signum() > 0 && Quantities.isSensible(price))) {
      return true;
    }
    fault(path, Values.told(price) + " is no price", "more than 0");
    return false;
  }

  private void sides() {
    boolean buy = plan.direction() == Side.BUY;
    String worse = buy ? "below" : "above";
    String better = buy ? "above" : "below";
    if (plan.entry() == null) {
      if (isWrong(plan.takeProfit(), plan.stopLoss())) {
        fault(
            "stopLoss",
            told(plan.stopLoss()) + " is not " + worse + " takeProfit " + told(plan.takeProfit()),
            worse + " takeProfit, because the plan is to " + plan.direction());
      }
      return;
    }
    if (isWrong(plan.entry(), plan.stopLoss())) {
      fault(
          "stopLoss",
          told(plan.stopLoss()) + " is not " + worse + " entry " + told(plan.entry()),
          worse + " entry, because the plan is to " + plan.direction());
    }
    if (isWrong(plan.takeProfit(), plan.entry())) {
      fault(
          "takeProfit",
          told(plan.takeProfit()) + " is not " + better + " entry " + told(plan.entry()),
          better + " entry, because the plan is to " + plan.direction());
    }
  }

  /** Whether a price that has to be better than another is not. */
  private boolean isWrong(BigDecimal better, BigDecimal worse) {
    if (better == null || worse == null) {
      return false;
    }
    int order = better.compareTo(worse);
    return plan.direction() == Side.BUY ? order <= 0 : order >= 0;
  }

  private void tolerance() {
    reach("stopLoss", plan.stopLoss());
    reach("takeProfit", plan.takeProfit());
    if (plan.tolerance().compareTo(plan.entry()) >= 0) {
      fault(
          "tolerance", "With " + told(plan.tolerance()) + " any price is near", "less than entry");
    }
  }

  private void reach(String path, BigDecimal price) {
    if (price != null
        && plan.entry().subtract(price).abs().compareTo(plan.tolerance()) <= 0
        && plan.entry().compareTo(price) != 0) {
      fault(
          "tolerance",
          told(plan.tolerance()) + " around entry reaches " + path + ' ' + told(price),
          "less than " + told(plan.entry().subtract(price).abs()));
    }
  }

  private void fault(String path, String what, String allowed) {
    faults.add(new PlanFault(path, what, allowed));
  }

  private static String told(BigDecimal price) {
    return price.toPlainString();
  }
}
