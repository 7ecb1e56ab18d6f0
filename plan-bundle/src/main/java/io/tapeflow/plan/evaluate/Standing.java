package io.tapeflow.plan.evaluate;

import io.tapeflow.api.plan.PlanState;
import java.util.List;

/**
 * How a plan stands.
 *
 * @param state in words
 * @param kind what of it makes it another state: a reason tells numbers that change all the time,
 *     the kind does not
 */
public record Standing(PlanState state, String kind) {
  static final Standing PENDING = new Standing(new PlanState.Pending(), "");

  static Standing armed(List<String> holding) {
    return new Standing(new PlanState.Armed(holding), "armed " + holding);
  }

  /** It cannot be told, for a reason. */
  public static Standing blocked(String reason, String kind) {
    return new Standing(new PlanState.Blocked(reason), "blocked " + kind);
  }

  /** Something final. */
  public static Standing of(PlanState state) {
    return new Standing(state, state.kind().name());
  }
}
