package io.tapeflow.metrics;

import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;

/** The sums of some trades, computed as one would on paper. */
record Oracle(List<Trade> trades) {
  /** Trades in (from, to]. Those printed out of order count at the latest time before them. */
  static Oracle window(List<Trade> trades, long from, long to) {
    List<Trade> inside = new ArrayList<>();
    long time = Long.MIN_VALUE;
    for (Trade trade : trades) {
      time = Math.max(time, trade.timeMicros());
      if (time > from && time <= to) {
        inside.add(trade);
      }
    }
    return new Oracle(inside);
  }

  BigDecimal volume(Side side) {
    return sum(side, Trade::quantityDecimal);
  }

  BigDecimal value(Side side) {
    return sum(side, trade -> trade.priceDecimal().multiply(trade.quantityDecimal()));
  }

  BigDecimal delta() {
    return volume(Side.BUY).subtract(volume(Side.SELL));
  }

  BigDecimal trades(Side side) {
    return sum(side, trade -> BigDecimal.ONE);
  }

  /** The greatest of the running deltas, 0 included. */
  BigDecimal maxDelta() {
    return running(BigDecimal::max);
  }

  /** The least of the running deltas, 0 included. */
  BigDecimal minDelta() {
    return running(BigDecimal::min);
  }

  private BigDecimal running(BinaryOperator<BigDecimal> choice) {
    BigDecimal delta = BigDecimal.ZERO;
    BigDecimal chosen = BigDecimal.ZERO;
    for (Trade trade : trades) {
      delta =
          trade.aggressor() == Side.BUY
              ? delta.add(trade.quantityDecimal())
              : delta.subtract(trade.quantityDecimal());
      chosen = choice.apply(chosen, delta);
    }
    return chosen;
  }

  private BigDecimal sum(Side side, Function<Trade, BigDecimal> amount) {
    Predicate<Trade> ofSide = trade -> trade.aggressor() == side;
    return trades.stream().filter(ofSide).map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
