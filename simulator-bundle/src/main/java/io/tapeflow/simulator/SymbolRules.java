package io.tapeflow.simulator;

import java.util.List;
import java.util.Map;

/**
 * What the venue says about a symbol.
 *
 * @param priceDecimals decimals of the tick size
 * @param quantityDecimals decimals of the step size
 * @param startPriceE8 where a generated market begins
 */
record SymbolRules(
    String symbol,
    String base,
    String quote,
    int priceDecimals,
    int quantityDecimals,
    long startPriceE8) {

  private static final List<String> QUOTES =
      List.of(
          "FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USD", "EUR", "GBP", "TRY", "BRL", "JPY", "BTC",
          "ETH", "BNB");

  /**
   * A step may get finer, so the connector takes quantities with three more decimals than it has.
   */
  private static final int SPARE_DECIMALS = 3;

  private record Known(double price, int priceDecimals, int quantityDecimals) {}

  /** Base assets whose price and decimals people would notice to be wrong. */
  private static final Map<String, Known> KNOWN =
      Map.of(
          "BTC", new Known(64_000, 2, 5),
          "ETH", new Known(3_200, 2, 4),
          "BNB", new Known(600, 2, 3),
          "SOL", new Known(150, 2, 3),
          "LTC", new Known(85, 2, 3),
          "XRP", new Known(0.6, 4, 0),
          "ADA", new Known(0.45, 4, 1),
          "DOGE", new Known(0.12, 5, 0));

  /** Plausible rules for a symbol. */
  static SymbolRules of(String symbol) {
    String quote =
        QUOTES.stream()
            .filter(known -> symbol.endsWith(known) && symbol.length() > known.length())
            .findFirst()
            .orElse("");
    String base = symbol.substring(0, symbol.length() - quote.length());
    Known known = KNOWN.containsKey(base) ? KNOWN.get(base) : invented(base);
    return new SymbolRules(
        symbol,
        base,
        quote.isEmpty() ? "USD" : quote,
        known.priceDecimals(),
        known.quantityDecimals(),
        Math.round(known.price() * 100) * (E8.ONE / 100));
  }

  /** The same rules without decimals. */
  SymbolRules whole() {
    return new SymbolRules(symbol, base, quote, 0, 0, startPriceE8);
  }

  /** The same rules with at least so many decimals. */
  SymbolRules widened(int price, int quantity) {
    return new SymbolRules(
        symbol,
        base,
        quote,
        Math.max(priceDecimals, price),
        Math.max(quantityDecimals, quantity),
        startPriceE8);
  }

  /**
   * The same rules, with fewer decimals of the quantity if it is so large that a long does not hold
   * ten times as much at them and the further ones that a client allows for.
   *
   * @param whole a quantity without its decimals
   */
  SymbolRules roomFor(long whole) {
    int room = E8.decimals(Math.min(whole, Long.MAX_VALUE / 10) * 10);
    int fewer = Math.max(0, Math.max(room, quantityDecimals) - SPARE_DECIMALS);
    return quantityDecimals + SPARE_DECIMALS <= room
        ? this
        : new SymbolRules(
            symbol, base, quote, priceDecimals, Math.min(fewer, quantityDecimals), startPriceE8);
  }

  long tickE8() {
    return pow10(E8.DECIMALS - priceDecimals);
  }

  long stepE8() {
    return pow10(E8.DECIMALS - quantityDecimals);
  }

  private static Known invented(String base) {
    int hash = Math.floorMod(base.hashCode(), 1_000);
    return hash % 2 == 0 ? new Known(1 + hash / 10.0, 3, 2) : new Known(20 + hash, 2, 3);
  }

  private static long pow10(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }
}
