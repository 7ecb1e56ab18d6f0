package io.tapeflow.metrics.side;

import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.verification.SideVerdict;
import io.tapeflow.api.verification.SideVerdict.Agreement;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Counts how often a change of price goes with the aggressor of the trade that made it. A buyer who
 * takes what is offered can only print at the same price or a higher one, unless somebody else has
 * moved the book in between; so with true sides most changes agree, with inverted ones most do not,
 * and with made-up ones it is a matter of chance.
 *
 * <p>The verdict is on the latest trades: the counts are halved when there are many, so that a
 * fault which begins late is seen. One thread writes; {@link #verdict} may be called from any.
 */
final class SideTally {
  /** Below this, a verdict would be a guess. */
  static final int LEAST = 200;

  /** Changes at which the counts are halved. */
  static final int MOST = 20_000;

  /** Standard deviations that are no chance. */
  private static final double SURE = 5;

  /** Agreement that real sides reach: on recorded days, eight changes in ten and more. */
  private static final double CLEAR = 0.6;

  /** Agreement below which sides say nothing of prices: no more than chance. */
  private static final double USELESS = 0.52;

  /** Changes from which on so little agreement is no chance either. */
  private static final int MANY_CHANGES = 5_000;

  /** Trades from which on a share of one side can be told to be extreme. */
  private static final int MANY = 1_000;

  /** A share of one side that no market has over many trades. */
  private static final double EXTREME = 0.005;

  private final String name;
  private long agreeing;
  private long disagreeing;
  private long buys;
  private long sells;
  private long lastPrice;
  private volatile SideVerdict verdict;

  SideTally(String name) {
    this.name = name;
    publish();
  }

  /** The next trades. */
  void add(TradeBatch trades) {
    for (int i = 0; i < trades.size(); i++) {
      add(trades.price(i), trades.aggressor(i) == Side.BUY);
    }
    publish();
  }

  /** The next trade; {@link #publish} makes it count. */
  void add(long price, boolean buy) {
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

  /** Trades are missing: what comes next has no price to be compared with. */
  void interrupt() {
    lastPrice = 0;
  }

  void publish() {
    long trades = buys + sells;
    BigDecimal share =
        trades == 0
            ? null
            : BigDecimal.valueOf(buys).divide(BigDecimal.valueOf(trades), 4, RoundingMode.HALF_UP);
    Judgement judgement = judge();
    verdict =
        new SideVerdict(
            name, judgement.agreement(), agreeing, disagreeing, share, judgement.reason());
  }

  SideVerdict verdict() {
    return verdict;
  }

  private Judgement judge() {
    long trades = buys + sells;
    if (trades >= MANY && Math.min(buys, sells) < trades * EXTREME) {
      String side = buys > sells ? "bought" : "sold";
      return new Judgement(
          Agreement.DISAGREES,
          "The aggressor %s in %d of %d trades; the side is not read at all"
              .formatted(side, Math.max(buys, sells), trades));
    }
    long changes = agreeing + disagreeing;
    if (changes < LEAST) {
      return new Judgement(
          Agreement.UNDECIDED,
          "%d of %d price changes that a verdict needs".formatted(changes, LEAST));
    }
    double share = (double) agreeing / changes;
    double z = (agreeing - disagreeing) / Math.sqrt((double) changes);
    String words =
        "%d of %d price changes go with the aggressor, z = %.1f".formatted(agreeing, changes, z);
    if (z < -SURE) {
      return new Judgement(Agreement.DISAGREES, words + "; buys and sells are interchanged");
    }
    if (z > SURE && share >= CLEAR) {
      return new Judgement(Agreement.AGREES, words);
    }
    return changes >= MANY_CHANGES && share < USELESS
        ? new Judgement(Agreement.DISAGREES, words + "; the side says nothing of the price")
        : new Judgement(Agreement.UNDECIDED, words);
  }

  private record Judgement(Agreement agreement, String reason) {}
}
