package io.tapeflow.plan.operator;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionMoment;
import io.tapeflow.api.plan.Distance;
import io.tapeflow.api.plan.PlanCondition.Hysteresis;
import java.math.BigDecimal;
import java.util.List;

/** A number has reached one level and has not come back to the other since. */
final class Latched implements Condition, Stepped {
  private final Hysteresis levels;
  private final OneNumber number;
  private final boolean rising;
  private boolean on;

  Latched(Hysteresis levels) {
    this.levels = levels;
    number = new OneNumber(levels.operand());
    rising = levels.on().compareTo(levels.off()) > 0;
  }

  @Override
  public List<String> metrics() {
    return number.metrics();
  }

  @Override
  public boolean onlyOnChange() {
    return false;
  }

  /** Between its levels it says what it said before. */
  @Override
  public List<Step> steps() {
    return number.steps(levels.on(), levels.off());
  }

  @Override
  public boolean holds(ConditionMoment moment) {
    BigDecimal value = number.at(moment);
    on = on ? !reached(levels.off(), value, !rising) : reached(levels.on(), value, rising);
    return on;
  }

  @Override
  public void interrupted() {
    on = false;
  }

  @Override
  public List<Distance> distances(ConditionMoment moment) {
    BigDecimal next = on ? levels.off() : levels.on();
    return List.of(new Distance(number.name(), number.at(moment), next, ""));
  }

  private static boolean reached(BigDecimal level, BigDecimal value, boolean upwards) {
    int side = value.compareTo(level);
    return upwards ? side >= 0 : side <= 0;
  }
}
