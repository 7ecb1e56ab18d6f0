package io.tapeflow.metrics;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What was traded between two marks. What needs a division is null where there is nothing to divide
 * by.
 */
final class Flow {
  private static final MathContext PRECISION = MathContext.DECIMAL64;

  private final BigDecimal buyVolume;
  private final BigDecimal sellVolume;
  private final BigDecimal buyValue;
  private final BigDecimal sellValue;
  private final long buyTrades;
  private final long sellTrades;

  /**
   * The flow behind one mark, up to and including another.
   *
   * @param to the later mark
   * @param from the earlier mark
   * @param valuesKnown false if the sums of values are void
   */
  Flow(Instrument instrument, long[] to, long[] from, boolean valuesKnown) {
    int scale = instrument.quantityScale();
    int valueScale = instrument.priceScale() + scale;
    buyVolume = Wide.difference(to, from, Slots.BUY_QUANTITY, scale);
    sellVolume = Wide.difference(to, from, Slots.SELL_QUANTITY, scale);
    buyValue = valuesKnown ? Wide.difference(to, from, Slots.BUY_VALUE, valueScale) : null;
    sellValue = valuesKnown ? Wide.difference(to, from, Slots.SELL_VALUE, valueScale) : null;
    buyTrades = to[Slots.BUY_TRADES] - from[Slots.BUY_TRADES];
    sellTrades = to[Slots.SELL_TRADES] - from[Slots.SELL_TRADES];
  }

  BigDecimal buyVolume() {
    return buyVolume;
  }

  BigDecimal sellVolume() {
    return sellVolume;
  }

  BigDecimal volume() {
    return buyVolume.add(sellVolume);
  }

  BigDecimal delta() {
    return buyVolume.subtract(sellVolume);
  }

  /**
   * Bought value.
   *
   * @throws ArithmeticException if the sum is void
   */
  BigDecimal buyValue() {
    return known(buyValue);
  }

  /**
   * Sold value.
   *
   * @throws ArithmeticException if the sum is void
   */
  BigDecimal sellValue() {
    return known(sellValue);
  }

  BigDecimal deltaValue() {
    return buyValue().subtract(sellValue());
  }

  BigDecimal buyTrades() {
    return BigDecimal.valueOf(buyTrades);
  }

  BigDecimal sellTrades() {
    return BigDecimal.valueOf(sellTrades);
  }

  BigDecimal trades() {
    return BigDecimal.valueOf(buyTrades + sellTrades);
  }

  BigDecimal vwap() {
    return ratio(buyValue().add(sellValue()), volume());
  }

  BigDecimal pressure() {
    return ratio(buyVolume, sellVolume);
  }

  BigDecimal imbalance() {
    return ratio(delta(), volume());
  }

  /** The side whose volume is at least so many times the other's, or {@code NEUTRAL}. */
  String dominant(BigDecimal times) {
    if (volume().signum() == 0) {
      return null;
    }
    int greater = buyVolume.compareTo(sellVolume);
    if (greater > 0 && buyVolume.compareTo(sellVolume.multiply(times)) >= 0) {
      return Side.BUY.name();
    }
    if (greater < 0 && sellVolume.compareTo(buyVolume.multiply(times)) >= 0) {
      return Side.SELL.name();
    }
    return "NEUTRAL";
  }

  BigDecimal tradesPerSecond(int seconds) {
    return trades().divide(BigDecimal.valueOf(seconds), PRECISION);
  }

  private static BigDecimal ratio(BigDecimal dividend, BigDecimal divisor) {
    return divisor.signum() == 0 ? null : dividend.divide(divisor, PRECISION);
  }

  private static BigDecimal known(BigDecimal value) {
    if (value == null) {
      throw new ArithmeticException("The sum of price x quantity has exceeded 127 bits");
    }
    return value;
  }
}
