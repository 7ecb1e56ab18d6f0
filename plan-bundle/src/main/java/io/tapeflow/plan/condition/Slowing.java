package io.tapeflow.plan.condition;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionMoment;
import io.tapeflow.api.plan.Distance;
import java.math.BigDecimal;
import java.util.List;

/** Holds while a rate over a short window is at most a share of that over a long one. */
record Slowing(String recent, String usual, BigDecimal ratio) implements Condition {
  @Override
  public List<String> metrics() {
    return List.of(recent, usual);
  }

  @Override
  public boolean holds(ConditionMoment moment) {
    return moment.number(0).compareTo(moment.number(1).multiply(ratio)) <= 0;
  }

  @Override
  public List<Distance> distances(ConditionMoment moment) {
    return List.of(new Distance(recent, moment.number(0), moment.number(1).multiply(ratio), "1/s"));
  }
}
