package io.tapeflow.metrics.bar;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.Wide;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Says which trade is a bar's last. One for each {@link Bars}. */
interface CloseRule {
  /**
   * Whether the bar is full with the trade that it was just given.
   *
   * @param bar holds the trade
   * @param quantity of the trade
   * @param buy its side
   */
  boolean isFull(FormingBar bar, long quantity, boolean buy);

  /** How much of a trade goes into the bar; at least 1, and all of it where nothing is split. */
  default long share(FormingBar bar, long price, long quantity) {
    return quantity;
  }

  default void save(DataOutput out) throws IOException {}

  default void restore(DataInput in) throws IOException {}

  static CloseRule of(BarSpec spec, Instrument instrument) {
    return switch (spec.kind()) {
      case TIME -> (bar, quantity, buy) -> false;
      case TICK -> {
        long most = spec.size().longValueExact();
        yield (bar, quantity, buy) -> bar.trades() >= most;
      }
      case RANGE -> {
        long range = Math.multiplyExact(spec.size().longValueExact(), instrument.priceTick());
        yield (bar, quantity, buy) -> bar.high - bar.low >= range;
      }
      case VOLUME -> new Amount(FormingBar.VOLUME, spec, instrument.quantityScale());
      case QUOTE ->
          new Amount(FormingBar.VALUE, spec, instrument.quantityScale() + instrument.priceScale());
      case TICK_IMBALANCE -> new ImbalanceRule(spec.size().intValueExact(), false);
      case VOLUME_IMBALANCE -> new ImbalanceRule(spec.size().intValueExact(), true);
    };
  }

  /** So much volume or value. */
  final class Amount implements CloseRule {
    private final int sum;
    private final boolean splits;
    private final BigInteger most;
    private final long mostHigh;
    private final long mostLow;

    Amount(int sum, BarSpec spec, int scale) {
      this.sum = sum;
      this.splits = spec.splits();
      // A size between two steps of the sum is reached with the upper one.
      this.most =
          spec.size().movePointRight(scale).setScale(0, RoundingMode.CEILING).toBigIntegerExact();
      if (most.bitLength() > 126) {
        throw new ArithmeticException("A bar of " + spec + " exceeds 126 bits at scale " + scale);
      }
      mostHigh = most.shiftRight(64).longValue();
      mostLow = most.longValue();
    }

    @Override
    public boolean isFull(FormingBar bar, long quantity, boolean buy) {
      long high = bar.sums[sum];
      return high > mostHigh
          || (high == mostHigh && Long.compareUnsigned(bar.sums[sum + 1], mostLow) >= 0);
    }

    @Override
    public long share(FormingBar bar, long price, long quantity) {
      if (!splits) {
        return quantity;
      }
      BigDecimal room = new BigDecimal(most).subtract(Wide.decimal(bar.sums, sum, 0));
      BigDecimal share =
          sum == FormingBar.VOLUME
              ? room
              : room.divide(BigDecimal.valueOf(price), 0, RoundingMode.CEILING);
      return share.compareTo(BigDecimal.valueOf(quantity)) < 0 ? share.longValueExact() : quantity;
    }
  }
}
