package io.tapeflow.api.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The arguments of a condition, judged, with the defaults put in.
 *
 * @param values by the name of the parameter; each of the type that its {@link
 *     ConditionParameter.Kind} says
 */
public record ConditionArguments(Map<String, Object> values) {
  /** Takes a copy, in the order of the names. */
  public ConditionArguments {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /**
   * Whether a parameter has a value.
   *
   * @param name of the parameter
   * @return false if it has neither an argument nor a default
   */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * A number or a price.
   *
   * @param name of the parameter
   * @return the value
   * @throws IllegalArgumentException if there is none of that type
   */
  public BigDecimal number(String name) {
    return of(name, BigDecimal.class);
  }

  /**
   * A length of time.
   *
   * @param name of the parameter
   * @return the value
   * @throws IllegalArgumentException if there is none of that type
   */
  public Duration duration(String name) {
    return of(name, Duration.class);
  }

  /**
   * A word, or the name of a metric.
   *
   * @param name of the parameter
   * @return the value
   * @throws IllegalArgumentException if there is none of that type
   */
  public String word(String name) {
    return of(name, String.class);
  }

  /**
   * Yes or no.
   *
   * @param name of the parameter
   * @return the value
   * @throws IllegalArgumentException if there is none of that type
   */
  public boolean flag(String name) {
    return of(name, Boolean.class);
  }

  private <T> T of(String name, Class<T> type) {
    Object value = values.get(name);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(name + " is " + value + ", not a " + type.getSimpleName());
    }
    return type.cast(value);
  }
}
