package io.tapeflow.metrics.side;

import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;

/**
 * Counts how often a change of price goes with the aggressor of the trade that made it. A buyer who
 * takes what is offered can only print at the same price or a higher one, unless somebody else has
 * moved the book in between; so with true sides most changes agree, with inverted ones most do not,
 * and with made-up ones it is a matter of chance.
 *
 * <p>The latest trades count: all counts are halved when there are many, so that a fault which
 * begins late is seen. One thread writes; {@link #counts} may be called from any.
 */
final class SideTally {
  /** Changes at which the counts are halved. */
  static final int MOST = 20_000;

  private long agreeing;
  private long disagreeing;
  private long buys;
  private long sells;
  private long lastPrice;
  private volatile SideCounts counts = new SideCounts(0, 0, 0, 0);

  /** The next trades. */
  void add(TradeBatch trades) {
    for (int i = 0; i < trades.size(); i++) {
      add(trades.price(i), trades.aggressor(i) == Side.BUY);
    }
    counts = new SideCounts(agreeing, disagreeing, buys, sells);
  }

  /** Trades are missing: what comes next has no price to be compared with. */
  void interrupt() {
    lastPrice = 0;
  }

  /** As of the last batch. */
  SideCounts counts() {
    return counts;
  }

  private void add(long price, boolean buy) {
    if (lastPrice != 0 && price != lastPrice) {
      if (price > lastPrice == buy) {
        agreeing++;
      } else {
        disagreeing++;
      }
    }
    lastPrice = price;
    if (buy) {
      buys++;
    } else {
      sells++;
    }
    if (agreeing + disagreeing >= MOST || buys + sells >= 10L * MOST) {
      agreeing /= 2;
      disagreeing /= 2;
      buys /= 2;
      sells /= 2;
    }
  }
}
