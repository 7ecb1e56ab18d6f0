package io.tapeflow.api.trade;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A thing traded at a venue, with the scales of its fixed-point numbers.
 *
 * <p>A price of {@code 6401230} at price scale 2 is 64 012.30 quote units. Scales are fixed for as
 * long as an instrument's history lives.
 *
 * @param venue the venue's name in lower case, such as {@code binance-spot}; never null
 * @param symbol the venue's own symbol, such as {@code BTCUSDT}; never null
 * @param priceScale number of decimals of a price, 0 to 18
 * @param quantityScale number of decimals of a quantity, 0 to 18
 * @param priceTick the smallest step of a price, fixed-point at {@code priceScale}; 1 if the venue
 *     does not say. Positive
 */
public record Instrument(
    String venue, String symbol, int priceScale, int quantityScale, long priceTick) {
  private static final int MAX_SCALE = 18;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if a scale is outside 0 to 18, the tick is not positive, or a
   *     name is empty
   */
  public Instrument {
    Objects.requireNonNull(venue, "venue");
    Objects.requireNonNull(symbol, "symbol");
    if (venue.isEmpty() || symbol.isEmpty()) {
      throw new IllegalArgumentException("An instrument needs a venue and a symbol");
    }
    if (priceScale < 0 || priceScale > MAX_SCALE) {
      throw new IllegalArgumentException("Price scale " + priceScale + " is outside 0 to 18");
    }
    if (quantityScale < 0 || quantityScale > MAX_SCALE) {
      throw new IllegalArgumentException("Quantity scale " + quantityScale + " is outside 0 to 18");
    }
    if (priceTick <= 0) {
      throw new IllegalArgumentException("Price tick " + priceTick + " is not positive");
    }
  }

  /**
   * An instrument whose price may have any of its decimals.
   *
   * @param venue as in the record
   * @param symbol as in the record
   * @param priceScale as in the record
   * @param quantityScale as in the record
   */
  public Instrument(String venue, String symbol, int priceScale, int quantityScale) {
    this(venue, symbol, priceScale, quantityScale, 1);
  }

  /**
   * The name that is unambiguous across venues.
   *
   * @return {@code venue:symbol}
   */
  public String key() {
    return venue + ':' + symbol;
  }

  /**
   * Whether a name a person or a configuration wrote means this instrument.
   *
   * @param name {@code symbol}, {@code venue:symbol} or {@code *}
   * @return true if it does
   */
  public boolean isCalled(String name) {
    return name.equals(symbol) || name.equals("*") || name.equals(key());
  }

  /**
   * A fixed-point price as a decimal.
   *
   * @param price at {@link #priceScale()}
   * @return the same number, in quote units
   */
  public BigDecimal price(long price) {
    return BigDecimal.valueOf(price, priceScale);
  }

  /**
   * A fixed-point quantity as a decimal.
   *
   * @param quantity at {@link #quantityScale()}
   * @return the same number, in base units (contracts where the venue trades contracts)
   */
  public BigDecimal quantity(long quantity) {
    return BigDecimal.valueOf(quantity, quantityScale);
  }
}
