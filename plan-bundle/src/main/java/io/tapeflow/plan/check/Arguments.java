package io.tapeflow.plan.check;

import io.tapeflow.api.plan.ConditionArguments;
import io.tapeflow.api.plan.ConditionFactory;
import io.tapeflow.api.plan.ConditionParameter;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition.Named;
import java.util.Map;
import java.util.TreeMap;

/** Puts in what a plan leaves out of a condition's arguments. */
public final class Arguments {
  private Arguments() {}

  /** The arguments as the plan gives them, as they follow from the plan, and the defaults. */
  public static ConditionArguments of(ConditionFactory factory, Plan plan, Named named) {
    Map<String, Object> all = new TreeMap<>(factory.complete(plan, named.arguments()));
    for (ConditionParameter parameter : factory.info().parameters()) {
      if (parameter.standard() != null) {
        all.putIfAbsent(parameter.name(), parameter.standard());
      }
    }
    return new ConditionArguments(all);
  }
}
