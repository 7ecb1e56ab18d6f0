package io.tapeflow.it;

import java.math.BigDecimal;

/**
 * An independent sum of trades.
 *
 * @param trades their number
 * @param bought base units that takers bought
 * @param sold base units that takers sold
 */
record Tally(long trades, BigDecimal bought, BigDecimal sold) {
  static final Tally NOTHING = new Tally(0, BigDecimal.ZERO, BigDecimal.ZERO);

  /** Equal amounts make equal tallies, whatever their scales. */
  Tally {
    bought = bought.stripTrailingZeros();
    sold = sold.stripTrailingZeros();
  }

  Tally plus(BigDecimal quantity, boolean buyerIsMaker) {
    return buyerIsMaker
        ? new Tally(trades + 1, bought, sold.add(quantity))
        : new Tally(trades + 1, bought.add(quantity), sold);
  }

  BigDecimal delta() {
    return bought.subtract(sold);
  }
}
