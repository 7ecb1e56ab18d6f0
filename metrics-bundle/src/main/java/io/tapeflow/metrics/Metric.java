package io.tapeflow.metrics;

import java.math.BigDecimal;
import java.util.function.Function;

/**
 * One metric of a scope.
 *
 * @param name dotted, with the window or anchor last
 * @param formula gives a decimal or a word, or null where there is no value
 * @param absence why there is none then, in words
 */
record Metric(String name, Function<Stretch, Object> formula, String absence) {
  private static final String NEVER = "";

  /** A metric that always has a value. */
  Metric(String name, Function<Stretch, Object> formula) {
    this(name, formula, NEVER);
  }

  Result of(Stretch stretch) {
    try {
      Object value = formula.apply(stretch);
      return value == null ? new Result(null, absence) : new Result(plain(value), "");
    } catch (ArithmeticException e) {
      return new Result(null, e.getMessage());
    }
  }

  /** Equal numbers are shown alike, whatever scales they were summed at. */
  private static Object plain(Object value) {
    if (value instanceof BigDecimal number && number.scale() > 0) {
      BigDecimal stripped = number.stripTrailingZeros();
      return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
    return value;
  }

  /**
   * What a formula gave.
   *
   * @param value null if there is none
   * @param absence why there is none; empty if there is one
   */
  record Result(Object value, String absence) {}
}
