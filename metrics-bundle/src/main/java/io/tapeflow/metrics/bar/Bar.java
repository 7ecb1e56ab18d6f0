package io.tapeflow.metrics.bar;

import io.tapeflow.api.metrics.MetricBasis;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A bar of trades. Prices are fixed-point at the instrument's price scale; volumes are decimals of
 * base units, the value one of quote units, all exact.
 *
 * @param number ascending. Of a time bar it counts from the epoch, so that it is the same whenever
 *     the record began; of others it counts from 0 at the first trade
 * @param version 1, and 1 more each time that late trades have changed it since it closed
 * @param partial true if it began before the first trade that is known, as the first time bar does
 * @param openTime of a time bar its start, of others the time of the first trade; microseconds
 * @param closeTime of a time bar its end, which is not in it, of others the time of the last trade
 * @param firstId the first id that is, or may be, in it
 * @param lastId the last id in it; {@code firstId - 1} if it is empty
 * @param open first price; of an empty bar the last price before it
 * @param high highest price
 * @param low lowest price
 * @param close last price
 * @param buyVolume bought by aggressors
 * @param sellVolume sold by aggressors
 * @param maxDelta the greatest of the running deltas, the 0 at its start included
 * @param minDelta the least of the running deltas, the 0 at its start included
 * @param value sum of price times quantity
 * @param buyTrades number of aggregate trades; a split one counts in the bar in which it begins
 * @param sellTrades as {@code buyTrades}
 * @param fills number of single fills, counted as the trades are
 * @param missing number of ids that are missing in it or at one of its edges
 */
public record Bar(
    long number,
    int version,
    boolean partial,
    long openTime,
    long closeTime,
    long firstId,
    long lastId,
    long open,
    long high,
    long low,
    long close,
    BigDecimal buyVolume,
    BigDecimal sellVolume,
    BigDecimal maxDelta,
    BigDecimal minDelta,
    BigDecimal value,
    long buyTrades,
    long sellTrades,
    long fills,
    long missing) {

  /** Bought and sold volume. */
  public BigDecimal volume() {
    return buyVolume.add(sellVolume);
  }

  /** Bought less sold volume. */
  public BigDecimal delta() {
    return buyVolume.subtract(sellVolume);
  }

  /** Number of aggregate trades. */
  public long trades() {
    return buyTrades + sellTrades;
  }

  /** Whether nothing was traded in it. */
  public boolean isEmpty() {
    return volume().signum() == 0;
  }

  /** Delta in percent of the volume, to 16 digits; 0 if the bar is empty. */
  public BigDecimal deltaPercent() {
    return isEmpty()
        ? BigDecimal.ZERO
        : delta().movePointRight(2).divide(volume(), MathContext.DECIMAL64);
  }

  /** What a metric of this bar rests on. */
  public MetricBasis basis() {
    return new MetricBasis(firstId, openTime, partial ? "The bar began before the record" : "");
  }

  /** The same bar with another version. */
  Bar withVersion(int other) {
    return new Bar(
        number,
        other,
        partial,
        openTime,
        closeTime,
        firstId,
        lastId,
        open,
        high,
        low,
        close,
        buyVolume,
        sellVolume,
        maxDelta,
        minDelta,
        value,
        buyTrades,
        sellTrades,
        fills,
        missing);
  }
}
