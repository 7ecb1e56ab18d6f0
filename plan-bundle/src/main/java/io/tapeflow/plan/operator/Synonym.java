package io.tapeflow.plan.operator;

import io.tapeflow.api.plan.PlanCondition;
import java.util.List;

/** A condition that says the same as comparisons of numbers. */
public interface Synonym {
  /** What all has to hold; just then the condition does. */
  List<PlanCondition> inFull();
}
