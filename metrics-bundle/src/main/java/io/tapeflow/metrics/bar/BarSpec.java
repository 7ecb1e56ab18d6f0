package io.tapeflow.metrics.bar;

import io.tapeflow.metrics.family.FamilySettings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a bar ends. Its {@linkplain #toString() text} is a number and a unit, and stands in the
 * names of metrics behind {@code bar}, as in {@code delta.bar60s}:
 *
 * <ul>
 *   <li>{@code 60s}: every 60 seconds of exchange time, aligned to the epoch, {@code [start, end)};
 *       {@code m}, {@code h} and {@code d} are understood and written as seconds. It closes when
 *       the first trade at or behind its end comes. An interval without a trade is skipped; with
 *       {@code 60s-carry} it gives an empty bar at the last price
 *   <li>{@code 500t}: with the 500th aggregate trade
 *   <li>{@code 10v}: with the trade that brings the volume to 10 base units or more
 *   <li>{@code 1000000q}: with the trade that brings the value to 1 000 000 quote units or more
 *   <li>{@code 20r}: with the trade that brings high - low to 20 ticks or more
 *   <li>{@code 500ti}, {@code 500vi}: with the trade that brings the imbalance of trades or of
 *       volume to what is expected of 500 trades, see {@link ImbalanceRule}
 * </ul>
 *
 * <p>The trade that ends a bar belongs to it as a whole, so a bar may hold more than its size. With
 * {@code 10v-split} and {@code 1000000q-split} the trade is split: what is over opens the next bar.
 *
 * @param kind the unit
 * @param size how many of them; positive, without trailing zeros
 * @param option true for {@code -carry} or {@code -split}
 */
public record BarSpec(Kind kind, BigDecimal size, boolean option) {
  /** What is allowed, in words. */
  public static final String ALLOWED =
      "a number and a unit: 1s to 86400s, 1t to 10000000t, a volume as 0.5v, a value as 100000q,"
          + " 1r to 1000000r, 10ti to 100000ti or 10vi to 100000vi; also 60s-carry, 10v-split,"
          + " 100000q-split";

  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,8})?)(s|m|h|d|t|v|q|r|ti|vi)(-carry|-split)?");

  /** The unit of a bar's size. */
  public enum Kind {
    /** Seconds. */
    TIME("s", "-carry", true, 86_400),
    /** Aggregate trades. */
    TICK("t", "", true, 10_000_000),
    /** Base units. */
    VOLUME("v", "-split", false, Long.MAX_VALUE),
    /** Quote units. */
    QUOTE("q", "-split", false, Long.MAX_VALUE),
    /** Price ticks. */
    RANGE("r", "", true, 1_000_000),
    /** Expected trades, closed by their signs. */
    TICK_IMBALANCE("ti", "", true, 100_000),
    /** Expected trades, closed by their signed volume. */
    VOLUME_IMBALANCE("vi", "", true, 100_000);

    private final String unit;
    private final String option;
    private final boolean whole;
    private final long most;

    Kind(String unit, String option, boolean whole, long most) {
      this.unit = unit;
      this.option = option;
      this.whole = whole;
      this.most = most;
    }

    private boolean allows(BigDecimal size) {
      long least = this == TICK_IMBALANCE || this == VOLUME_IMBALANCE ? 10 : 1;
      return size.signum() > 0
          && (!whole || (size.scale() <= 0 && size.compareTo(BigDecimal.valueOf(least)) >= 0))
          && size.compareTo(BigDecimal.valueOf(most)) <= 0;
    }
  }

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if it is out of range, or the kind has no option
   */
  public BarSpec {
    Objects.requireNonNull(kind, "kind");
    size = size.stripTrailingZeros();
    if (!kind.allows(size) || (option && kind.option.isEmpty())) {
      throw new IllegalArgumentException("allowed is " + ALLOWED);
    }
  }

  /**
   * Reads a text.
   *
   * @param text such as {@code 60s}
   * @return what it says
   * @throws IllegalArgumentException saying what is allowed, if the text is not
   */
  public static BarSpec parse(String text) {
    Matcher parts = TEXT.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException("allowed is " + ALLOWED);
    }
    long seconds =
        switch (parts.group(2)) {
          case "m" -> 60;
          case "h" -> 3_600;
          case "d" -> 86_400;
          default -> 1;
        };
    Kind kind = seconds == 1 ? kind(parts.group(2)) : Kind.TIME;
    String option = parts.group(3);
    if (option != null && !option.equals(kind.option)) {
      throw new IllegalArgumentException("allowed is " + ALLOWED);
    }
    BigDecimal size = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(seconds));
    return new BarSpec(kind, size, option != null);
  }

  /** What a family's property {@code bars} says: up to 8 kinds, by default bars of a minute. */
  public static List<BarSpec> list(FamilySettings settings) {
    return settings.parsed("bars", BarSpec::parse, ALLOWED, 8, List.of(parse("60s")));
  }

  /** Whether intervals without a trade give empty bars. */
  public boolean carries() {
    return kind == Kind.TIME && option;
  }

  /** Whether a trade that is too large for a bar is split. */
  public boolean splits() {
    return kind != Kind.TIME && option;
  }

  /** The scope of a metric's name, such as {@code bar60s}. */
  public String scope() {
    return "bar" + this;
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return size.toPlainString() + kind.unit + (option ? kind.option : "");
  }

  private static Kind kind(String unit) {
    for (Kind kind : Kind.values()) {
      if (kind.unit.equals(unit)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("allowed is " + ALLOWED);
  }
}
