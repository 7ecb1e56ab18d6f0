package io.tapeflow.metrics.large;

import io.tapeflow.metrics.Wide;
import java.math.BigDecimal;
import java.util.List;

/** Number and volume of some large orders, of each side. There may be many: nothing is boxed. */
final class LargeSums {
  private static final int BOUGHT = 0;
  private static final int SOLD = 2;

  private final long[] volumes = new long[4];
  private long buys;
  private long sells;

  private LargeSums() {}

  /** Of those that reach a tier; of all with {@link Tiers#NONE}. */
  static LargeSums of(List<LargeTrade> large, int leastTier) {
    LargeSums sums = new LargeSums();
    for (LargeTrade trade : large) {
      if (trade.tier() >= leastTier) {
        sums.add(trade);
      }
    }
    return sums;
  }

  private void add(LargeTrade trade) {
    if (trade.buy()) {
      buys++;
      Wide.add(volumes, BOUGHT, trade.quantity());
    } else {
      sells++;
      Wide.add(volumes, SOLD, trade.quantity());
    }
  }

  BigDecimal count(boolean buy) {
    return BigDecimal.valueOf(buy ? buys : sells);
  }

  /** At the scale of quantities. */
  BigDecimal volume(boolean buy, int scale) {
    return Wide.decimal(volumes, buy ? BOUGHT : SOLD, scale);
  }
}
