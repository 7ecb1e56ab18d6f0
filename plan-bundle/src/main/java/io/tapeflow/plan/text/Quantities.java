package io.tapeflow.plan.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and lengths of time as they are written. */
public final class Quantities {
  /** No price, quantity or ratio has more digits; more would only cost time. */
  private static final int MOST_DIGITS = 60;

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d{1,2})?");
  private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h|d)");
  private static final Map<String, BigDecimal> NANOS =
      Map.of(
          "ms", new BigDecimal("1e6"),
          "s", new BigDecimal("1e9"),
          "m", new BigDecimal("60e9"),
          "h", new BigDecimal("3600e9"),
          "d", new BigDecimal("86400e9"));

  private Quantities() {}

  /** A decimal of a sensible length; empty if the text is none. */
  public static Optional<BigDecimal> number(String text) {
    return text.length() <= MOST_DIGITS && NUMBER.matcher(text).matches()
        ? Optional.of(new BigDecimal(text)).filter(Quantities::isSensible)
        : Optional.empty();
  }

  /** Whether a number can be computed with and written at no great cost. */
  public static boolean isSensible(BigDecimal number) {
    return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
  }

  /** A length of time such as {@code 30s}; empty if the text is none. */
  public static Optional<Duration> time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal[] seconds =
        new BigDecimal(matcher.group(1))
            .multiply(NANOS.get(matcher.group(2)))
            .divideAndRemainder(NANOS.get("s"));
    return Optional.of(Duration.ofSeconds(seconds[0].longValue(), seconds[1].longValue()));
  }

  /** A length of time as {@link #time} reads it. */
  public static String write(Duration time) {
    return BigDecimal.valueOf(time.getSeconds())
            .add(BigDecimal.valueOf(time.getNano(), 9))
            .stripTrailingZeros()
            .toPlainString()
        + 's';
  }
}
