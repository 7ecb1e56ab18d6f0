package io.tapeflow.api.plan;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A plan as a source has it, readable or not.
 *
 * @param id the plan's id, or what else the source can name it by
 * @param plan the plan; null if it cannot be read, for the reasons in {@code faults}
 * @param faults what the source found wrong itself. A draft with faults is not evaluated; {@link
 *     Plans} shows it as invalid
 * @param positions where in a text its parts are, by their path as in {@link PlanFault#path()};
 *     empty where there is no text
 */
public record PlanDraft(
    String id, Plan plan, List<PlanFault> faults, Map<String, TextPosition> positions) {
  /** Takes copies. */
  public PlanDraft {
    Objects.requireNonNull(id, "id");
    faults = List.copyOf(faults);
    positions = Map.copyOf(positions);
    if (plan == null && faults.isEmpty()) {
      throw new IllegalArgumentException(id + " is neither a plan nor says why not");
    }
  }

  /**
   * A plan that a program made.
   *
   * @param plan the plan
   */
  public PlanDraft(Plan plan) {
    this(plan.id(), plan, List.of(), Map.of());
  }
}
