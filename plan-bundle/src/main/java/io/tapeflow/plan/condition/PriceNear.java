package io.tapeflow.plan.condition;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionMoment;
import io.tapeflow.api.plan.Distance;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanCondition.Operand;
import io.tapeflow.plan.operator.Stepped;
import io.tapeflow.plan.operator.Synonym;
import java.math.BigDecimal;
import java.util.List;

/** Holds if the trade's price is no farther from a price than a tolerance, to either side. */
record PriceNear(BigDecimal price, BigDecimal tolerance) implements Condition, Stepped, Synonym {
  @Override
  public List<String> metrics() {
    return List.of();
  }

  @Override
  public boolean onlyOnChange() {
    return false;
  }

  @Override
  public List<Step> steps() {
    return Step.of(new Operand.Price(), price.subtract(tolerance), price.add(tolerance));
  }

  @Override
  public List<PlanCondition> inFull() {
    BigDecimal low = price.subtract(tolerance);
    BigDecimal high = price.add(tolerance);
    return List.of(new PlanCondition.Band(new Operand.Price(), low, high, true));
  }

  @Override
  public boolean holds(ConditionMoment moment) {
    return moment.price().subtract(price).abs().compareTo(tolerance) <= 0;
  }

  @Override
  public List<Distance> distances(ConditionMoment moment) {
    BigDecimal bound =
        moment.price().compareTo(price) < 0 ? price.subtract(tolerance) : price.add(tolerance);
    return List.of(new Distance("price", moment.price(), bound, "price"));
  }
}
