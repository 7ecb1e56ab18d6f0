package io.tapeflow.api.plan;

import java.util.List;
import java.util.Objects;

/**
 * What a condition is.
 *
 * @param name as plans write it, such as {@code delta_positive}
 * @param description when it holds, in one or two sentences
 * @param parameters in the order of the documentation
 * @param metrics the metrics that it needs with the defaults of its parameters
 * @param warmUp how long it takes until it can be told, in words
 * @param unavailable why no plan can use it, such as that it needs a book feed; empty if plans can
 */
public record ConditionInfo(
    String name,
    String description,
    List<ConditionParameter> parameters,
    List<String> metrics,
    String warmUp,
    String unavailable) {
  /** Takes copies. */
  public ConditionInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(warmUp, "warmUp");
    Objects.requireNonNull(unavailable, "unavailable");
    parameters = List.copyOf(parameters);
    metrics = List.copyOf(metrics);
  }
}
