package io.tapeflow.api.plan;

import java.util.List;
import java.util.Objects;

/**
 * How one condition of a plan stood at the last trade at which it was looked at.
 *
 * @param text the condition, as it is written in an expression
 * @param truth what could be said of it; null if it has not been looked at yet
 * @param reason why it could not be told, in words; empty if it could
 * @param distances how far its numbers were from their thresholds; empty if it could not be told
 */
public record ConditionStatus(String text, Truth truth, String reason, List<Distance> distances) {
  /** Takes a copy. */
  public ConditionStatus {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(reason, "reason");
    distances = List.copyOf(distances);
  }
}
