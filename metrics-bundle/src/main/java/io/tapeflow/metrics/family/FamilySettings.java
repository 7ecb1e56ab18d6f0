package io.tapeflow.metrics.family;

import io.tapeflow.metrics.bar.BarSpec;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of one family, as its configuration gives them: text from a file, numbers or arrays
 * from a console. A value that is wrong is refused, with one line that names PID, property, value
 * and what is allowed; the default is used in its place.
 */
public final class FamilySettings {
  private static final Logger LOG = LoggerFactory.getLogger(FamilySettings.class);

  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private final String pid;
  private final Map<String, ?> properties;

  public FamilySettings(String pid, Map<String, ?> properties) {
    this.pid = pid;
    this.properties = properties;
  }

  /** A whole number within the bounds, both included. */
  public int whole(String property, int least, int most, int fallback) {
    return decimal(
            property,
            "a whole number from " + least + " to " + most,
            BigDecimal.valueOf(least),
            BigDecimal.valueOf(most),
            0,
            BigDecimal.valueOf(fallback))
        .intValueExact();
  }

  /** A number within the bounds, both included. */
  public double number(String property, double least, double most, double fallback) {
    return decimal(property, String.valueOf(least), String.valueOf(most), fallback).doubleValue();
  }

  /** An exact number within the bounds, both included. */
  public BigDecimal decimal(String property, String least, String most, Number fallback) {
    BigDecimal low = new BigDecimal(least);
    BigDecimal high = new BigDecimal(most);
    String allowed = "a number from " + plain(low) + " to " + plain(high);
    return decimal(property, allowed, low, high, Integer.MAX_VALUE, SettingValues.number(fallback));
  }

  /** Whole numbers within the bounds, ascending, each once, at least one and at most so many. */
  public List<Integer> wholes(
      String property, int least, int most, int count, List<Integer> fallback) {
    Object value = properties.get(property);
    if (value == null) {
      return fallback;
    }
    TreeSet<Integer> numbers = new TreeSet<>();
    for (Object element : SettingValues.elements(value)) {
      BigDecimal number = SettingValues.number(element);
      boolean right =
          number != null
              && number.stripTrailingZeros().scale() <= 0
              && number.compareTo(BigDecimal.valueOf(least)) >= 0
              && number.compareTo(BigDecimal.valueOf(most)) <= 0;
      numbers.add(right ? number.intValueExact() : least - 1);
    }
    String allowed = "1 to " + count + " whole numbers, each from " + least + " to " + most;
    boolean right = !numbers.isEmpty() && numbers.size() <= count && numbers.first() >= least;
    return right ? List.copyOf(numbers) : refused(property, value, allowed, fallback);
  }

  /** Exact numbers within the bounds, ascending, each once, at least one and at most so many. */
  public List<BigDecimal> decimals(
      String property, String least, String most, int count, List<BigDecimal> fallback) {
    Object value = properties.get(property);
    if (value == null) {
      return fallback;
    }
    BigDecimal low = new BigDecimal(least);
    BigDecimal high = new BigDecimal(most);
    TreeSet<BigDecimal> numbers = new TreeSet<>();
    boolean right = true;
    for (Object element : SettingValues.elements(value)) {
      BigDecimal number = SettingValues.number(element);
      right &= number != null && number.compareTo(low) >= 0 && number.compareTo(high) <= 0;
      if (right) {
        numbers.add(number);
      }
    }
    String allowed = "1 to " + count + " numbers, each from " + plain(low) + " to " + plain(high);
    right &= !numbers.isEmpty() && numbers.size() <= count;
    return right ? List.copyOf(numbers) : refused(property, value, allowed, fallback);
  }

  /** Moments of whole seconds in ISO 8601, ascending, each once; none if there is no such value. */
  public List<Instant> instants(String property, int count) {
    Object value = properties.get(property);
    if (value == null || texts(value).stream().allMatch(String::isBlank)) {
      return List.of();
    }
    String allowed = "at most " + count + " moments such as 2026-01-05T14:30:00Z";
    TreeSet<Instant> instants = new TreeSet<>();
    try {
      for (String text : texts(value)) {
        instants.add(Instant.parse(text.strip()));
      }
    } catch (DateTimeParseException e) {
      return refused(property, value, allowed, List.of());
    }
    boolean right =
        instants.size() <= count
            && instants.first().isAfter(Instant.EPOCH)
            && instants.last().isBefore(LATEST)
            && instants.stream().allMatch(i -> i.truncatedTo(ChronoUnit.SECONDS).equals(i));
    return right ? List.copyOf(instants) : refused(property, value, allowed, List.of());
  }

  /** Words of which each matches a pattern, at least one and at most so many. */
  public List<String> words(
      String property, String pattern, String allowed, int count, List<String> fallback) {
    Object value = properties.get(property);
    if (value == null) {
      return fallback;
    }
    List<String> words = texts(value).stream().map(String::strip).distinct().toList();
    boolean right =
        !words.isEmpty()
            && words.size() <= count
            && words.stream().allMatch(word -> word.matches(pattern));
    String rule = "1 to " + count + " of " + allowed;
    return right ? words : refused(property, value, rule, fallback);
  }

  /**
   * Texts that are read by a parser, each once, at least one and at most so many.
   *
   * @param parser throws {@link IllegalArgumentException} for a wrong text
   * @param allowed what one of them may be, in words
   */
  public <T> List<T> parsed(
      String property, Function<String, T> parser, String allowed, int count, List<T> fallback) {
    Object value = properties.get(property);
    if (value == null) {
      return fallback;
    }
    String list = "1 to " + count + " of: " + allowed;
    LinkedHashSet<T> read = new LinkedHashSet<>();
    try {
      for (Object element : SettingValues.elements(value)) {
        read.add(parser.apply(String.valueOf(element).strip()));
      }
    } catch (IllegalArgumentException e) {
      return refused(property, value, list, fallback);
    }
    boolean right = !read.isEmpty() && read.size() <= count;
    return right ? List.copyOf(read) : refused(property, value, list, fallback);
  }

  /** One of some words, in any case. */
  public <E extends Enum<E>> E word(String property, Class<E> words, E fallback) {
    Object value = properties.get(property);
    if (value == null) {
      return fallback;
    }
    for (E word : words.getEnumConstants()) {
      if (word.name().equalsIgnoreCase(String.valueOf(value).strip())) {
        return word;
      }
    }
    String allowed =
        Arrays.stream(words.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
    return refused(property, value, "one of " + allowed, fallback);
  }

  /** The bars of a family. */
  public BarSpec bar(String property, BarSpec fallback) {
    Object value = properties.get(property);
    if (value == null) {
      return fallback;
    }
    try {
      return BarSpec.parse(value.toString());
    } catch (IllegalArgumentException e) {
      return refused(property, value, BarSpec.ALLOWED, fallback);
    }
  }

  private BigDecimal decimal(
      String property,
      String allowed,
      BigDecimal least,
      BigDecimal most,
      int decimals,
      BigDecimal fallback) {
    Object value = properties.get(property);
    if (value == null) {
      return fallback;
    }
    BigDecimal number = SettingValues.number(value);
    boolean right =
        number != null
            && number.compareTo(least) >= 0
            && number.compareTo(most) <= 0
            && number.stripTrailingZeros().scale() <= decimals;
    return right ? number : refused(property, value, allowed, fallback);
  }

  private <T> T refused(String property, Object value, String allowed, T fallback) {
    String shown = value instanceof String text ? text : String.join(",", texts(value));
    LOG.error(
        "{}: {} is \"{}\", allowed is {}; the default {} is used",
        pid,
        property,
        shown,
        allowed,
        fallback);
    return fallback;
  }

  private static List<String> texts(Object value) {
    return SettingValues.elements(value).stream().map(String::valueOf).toList();
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
