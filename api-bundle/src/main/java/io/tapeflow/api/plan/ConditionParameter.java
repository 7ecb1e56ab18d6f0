package io.tapeflow.api.plan;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * A parameter of a condition.
 *
 * @param name in lower case, words joined by {@code _}
 * @param kind what its values are
 * @param unit of a number, as in {@link io.tapeflow.api.metrics.MetricInfo#unit()}; empty if it has
 *     none
 * @param least the least number, or the shortest time in seconds; null if there is no bound
 * @param most the greatest number, or the longest time in seconds; null if there is no bound
 * @param words the words that are allowed; empty if it is not a word
 * @param standard the value where a plan gives none, of the type of {@code kind}; null if the plan
 *     has to give one, or {@link ConditionFactory#complete} does
 * @param required whether there has to be a value in the end
 * @param description one sentence
 */
public record ConditionParameter(
    String name,
    Kind kind,
    String unit,
    BigDecimal least,
    BigDecimal most,
    List<String> words,
    Object standard,
    boolean required,
    String description) {
  /** What a value is, and of which type. */
  public enum Kind {
    /** A {@link BigDecimal}. */
    NUMBER,
    /** A {@link BigDecimal}, positive, in quote units. */
    PRICE,
    /** A {@link java.time.Duration}, positive. */
    DURATION,
    /** A {@link String} out of a few. */
    WORD,
    /** A {@link String}: the name of a metric. */
    METRIC,
    /** A {@link Boolean}. */
    FLAG
  }

  /** Takes a copy of the words. */
  public ConditionParameter {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(description, "description");
    words = List.copyOf(words);
  }
}
