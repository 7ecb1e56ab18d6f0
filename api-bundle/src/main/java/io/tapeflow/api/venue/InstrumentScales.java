package io.tapeflow.api.venue;

/**
 * Decimals of an instrument's fixed-point numbers.
 *
 * @param priceScale decimals of a price, 0 to 18
 * @param quantityScale decimals of a quantity, 0 to 18
 */
public record InstrumentScales(int priceScale, int quantityScale) {}
