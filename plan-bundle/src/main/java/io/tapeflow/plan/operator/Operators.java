package io.tapeflow.plan.operator;

import io.tapeflow.api.plan.PlanCondition;
import java.util.List;

/** Makes the operators of conditions that have parts. */
public final class Operators {
  private Operators() {}

  /** The parts of a condition; none of one that looks at metrics itself. */
  public static List<PlanCondition> parts(PlanCondition condition) {
    if (condition instanceof PlanCondition.All all) {
      return all.parts();
    } else if (condition instanceof PlanCondition.Any any) {
      return any.parts();
    } else if (condition instanceof PlanCondition.None none) {
      return none.parts();
    } else if (condition instanceof PlanCondition.Confluence confluence) {
      return confluence.parts().stream().map(PlanCondition.Weighted::part).toList();
    } else if (condition instanceof PlanCondition.HeldFor held) {
      return List.of(held.part());
    } else if (condition instanceof PlanCondition.Within within) {
      return List.of(within.part());
    } else if (condition instanceof PlanCondition.Cooldown cooldown) {
      return List.of(cooldown.part());
    }
    return List.of();
  }

  /**
   * A new operator.
   *
   * @throws IllegalArgumentException if the condition has no parts by its nature
   */
  public static Operator of(PlanCondition condition) {
    if (condition instanceof PlanCondition.All) {
      return Group.ALL;
    } else if (condition instanceof PlanCondition.Any) {
      return Group.ANY;
    } else if (condition instanceof PlanCondition.None) {
      return Group.NONE;
    } else if (condition instanceof PlanCondition.Confluence confluence) {
      return new Confluent(confluence);
    } else if (condition instanceof PlanCondition.HeldFor held) {
      return new Held(held.time());
    } else if (condition instanceof PlanCondition.Within within) {
      return new Lately(within.time());
    } else if (condition instanceof PlanCondition.Cooldown cooldown) {
      return new Beginning(cooldown.time());
    }
    throw new IllegalArgumentException("There is no operator for " + condition);
  }
}
