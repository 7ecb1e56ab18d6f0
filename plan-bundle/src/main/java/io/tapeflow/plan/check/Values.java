package io.tapeflow.plan.check;

import io.tapeflow.api.plan.ConditionParameter;
import io.tapeflow.plan.text.Quantities;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Values of parameters: of the right type, or told to a person. */
final class Values {
  private Values() {}

  /** The value as its parameter has it; null if it is of another type or unit. */
  static Object typed(ConditionParameter parameter, Object value) {
    return switch (parameter.kind()) {
      case NUMBER, PRICE -> number(parameter.unit(), value);
      case DURATION ->
          value instanceof String text
              ? Quantities.time(text).orElse(null)
              : as(Duration.class, value);
      case WORD -> word(parameter, value);
      case METRIC -> as(String.class, value);
      case FLAG -> as(Boolean.class, value);
    };
  }

  /** What a parameter takes, in words. */
  static String allowed(ConditionParameter parameter) {
    return switch (parameter.kind()) {
      case NUMBER, PRICE -> "a number" + unit(parameter) + range(parameter, "");
      case DURATION -> "a time such as 30s or 5m" + range(parameter, "s");
      case WORD -> String.join(", ", parameter.words());
      case METRIC -> "the name of a metric";
      case FLAG -> "true or false";
    };
  }

  static String told(Object value) {
    if (value instanceof BigDecimal number) {
      return Quantities.isSensible(number) ? number.toPlainString() : number.toString();
    }
    if (value instanceof Duration time) {
      return "the time " + Quantities.write(time);
    }
    return value instanceof String text ? '\'' + text + '\'' : String.valueOf(value);
  }

  private static BigDecimal number(String unit, Object value) {
    if (!(value instanceof String text)) {
      return as(BigDecimal.class, value);
    }
    String[] parts = text.strip().split("\\s+", 2);
    boolean unitFits = parts.length == 1 || Units.same(parts[1], unit);
    Optional<BigDecimal> number = Quantities.number(parts[0]);
    return unitFits ? number.map(BigDecimal::stripTrailingZeros).orElse(null) : null;
  }

  private static String word(ConditionParameter parameter, Object value) {
    return parameter.words().stream()
        .filter(it -> value instanceof String text && it.equalsIgnoreCase(text))
        .findFirst()
        .orElse(null);
  }

  private static <T> T as(Class<T> type, Object value) {
    return type.isInstance(value) ? type.cast(value) : null;
  }

  private static String unit(ConditionParameter parameter) {
    return parameter.unit().isEmpty() ? "" : " (" + parameter.unit() + ')';
  }

  private static String range(ConditionParameter parameter, String suffix) {
    if (parameter.kind() == ConditionParameter.Kind.PRICE) {
      return " above 0";
    }
    if (parameter.least() != null && parameter.most() != null) {
      return ", "
          + parameter.least().toPlainString()
          + suffix
          + " to "
          + parameter.most().toPlainString()
          + suffix;
    }
    return parameter.least() == null ? "" : ", at least " + parameter.least().toPlainString();
  }
}
