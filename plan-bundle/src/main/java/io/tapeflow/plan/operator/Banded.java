package io.tapeflow.plan.operator;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionMoment;
import io.tapeflow.api.plan.Distance;
import io.tapeflow.api.plan.PlanCondition.Band;
import java.math.BigDecimal;
import java.util.List;

/** A number lies in a band, or outside. */
final class Banded implements Condition, Stepped {
  private final Band band;
  private final OneNumber number;

  Banded(Band band) {
    this.band = band;
    number = new OneNumber(band.operand());
  }

  @Override
  public List<String> metrics() {
    return number.metrics();
  }

  @Override
  public boolean onlyOnChange() {
    return !number.isPrice();
  }

  @Override
  public List<Step> steps() {
    return number.steps(band.low(), band.high());
  }

  @Override
  public boolean holds(ConditionMoment moment) {
    BigDecimal value = number.at(moment);
    return band.inside() == (value.compareTo(band.low()) >= 0 && value.compareTo(band.high()) <= 0);
  }

  @Override
  public List<Distance> distances(ConditionMoment moment) {
    BigDecimal value = number.at(moment);
    return List.of(
        new Distance(number.name(), value, band.low(), ""),
        new Distance(number.name(), value, band.high(), ""));
  }
}
