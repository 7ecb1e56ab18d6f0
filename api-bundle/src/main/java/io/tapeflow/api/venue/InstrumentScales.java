package io.tapeflow.api.venue;

/**
 * Decimals of an instrument's fixed-point numbers.
 *
 * @param priceScale decimals of a price, 0 to 18
 * @param quantityScale decimals of a quantity, 0 to 18
 * @param priceTick the smallest step of a price, fixed-point at {@code priceScale}; 1 if the venue
 *     does not say
 */
public record InstrumentScales(int priceScale, int quantityScale, long priceTick) {
  /**
   * Scales without a known tick.
   *
   * @param priceScale as in the record
   * @param quantityScale as in the record
   */
  public InstrumentScales(int priceScale, int quantityScale) {
    this(priceScale, quantityScale, 1);
  }
}
