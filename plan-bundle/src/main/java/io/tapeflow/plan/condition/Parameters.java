package io.tapeflow.plan.condition;

import io.tapeflow.api.plan.ConditionParameter;
import io.tapeflow.api.plan.ConditionParameter.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Parameters in short. A standard value of null means that a plan has to give one. */
final class Parameters {
  private Parameters() {}

  static ConditionParameter number(
      String name, String unit, String least, String most, String standard, String description) {
    return new ConditionParameter(
        name,
        Kind.NUMBER,
        unit,
        decimal(least),
        decimal(most),
        List.of(),
        decimal(standard),
        true,
        description);
  }

  static ConditionParameter price(String name, String description) {
    return new ConditionParameter(
        name, Kind.PRICE, "price", null, null, List.of(), null, true, description);
  }

  static ConditionParameter seconds(
      String name, int least, int most, int standard, String description) {
    return seconds(name, least, most, Duration.ofSeconds(standard), true, description);
  }

  /** A length of time that may be left out. */
  static ConditionParameter maybeSeconds(String name, int least, int most, String description) {
    return seconds(name, least, most, null, false, description);
  }

  private static ConditionParameter seconds(
      String name, int least, int most, Duration standard, boolean required, String description) {
    return new ConditionParameter(
        name,
        Kind.DURATION,
        "s",
        BigDecimal.valueOf(least),
        BigDecimal.valueOf(most),
        List.of(),
        standard,
        required,
        description);
  }

  static ConditionParameter word(
      String name, String standard, String description, String... words) {
    return new ConditionParameter(
        name, Kind.WORD, "", null, null, List.of(words), standard, true, description);
  }

  static ConditionParameter flag(String name, boolean standard, String description) {
    return new ConditionParameter(
        name, Kind.FLAG, "", null, null, List.of(), standard, true, description);
  }

  private static BigDecimal decimal(String text) {
    return text == null ? null : new BigDecimal(text);
  }
}
