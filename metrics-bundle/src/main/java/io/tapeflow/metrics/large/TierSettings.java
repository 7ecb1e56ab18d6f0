package io.tapeflow.metrics.large;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.family.FamilySettings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * Tiers of orders by their value in quote units, which mean something only where that is money.
 *
 * @param quote lower bounds, ascending
 * @param stable endings of the symbols that are quoted in a stable coin
 */
public record TierSettings(List<BigDecimal> quote, List<String> stable) {
  private static final List<BigDecimal> TIERS =
      List.of(
          new BigDecimal(50_000),
          new BigDecimal(100_000),
          new BigDecimal(250_000),
          new BigDecimal(500_000),
          new BigDecimal(1_000_000),
          new BigDecimal(10_000_000));
  private static final List<String> STABLE =
      List.of("USDT", "USDC", "FDUSD", "TUSD", "BUSD", "DAI", "-USD", "/USD");
  private static final BigDecimal MILLION = new BigDecimal(1_000_000);
  private static final BigDecimal THOUSAND = new BigDecimal(1_000);

  /** Reads {@code tiers.quote} and {@code quotes.stable}. */
  public static TierSettings of(FamilySettings settings) {
    return new TierSettings(
        settings.decimals("tiers.quote", "1", "1000000000000", 8, TIERS),
        settings.words(
            "quotes.stable",
            "[-/]?[A-Z0-9]{2,12}",
            "endings such as USDT or -USD, in capital letters",
            32,
            STABLE));
  }

  /** Whether the value of an instrument's trades is in a stable coin. */
  public boolean appliesTo(Instrument instrument) {
    String symbol = instrument.symbol().toUpperCase(Locale.ROOT);
    return stable.stream().anyMatch(symbol::endsWith);
  }

  /** Why there are no tiers for an instrument to which they do not apply. */
  public String absence(Instrument instrument) {
    return instrument.symbol() + " is not quoted in a stable coin, so it has no tiers";
  }

  /** The names of the tiers in metrics, such as {@code 50k} and {@code 1m}. */
  public List<String> names() {
    return quote.stream().map(TierSettings::name).toList();
  }

  private static String name(BigDecimal bound) {
    if (bound.remainder(MILLION).signum() == 0) {
      return bound.divide(MILLION).toBigInteger() + "m";
    }
    return bound.remainder(THOUSAND).signum() == 0
        ? bound.divide(THOUSAND).toBigInteger() + "k"
        : bound.stripTrailingZeros().toPlainString();
  }
}
