package io.tapeflow.metrics.footprint;

import io.tapeflow.api.trade.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds diagonal imbalances. Neighbours are adjacent rows of price, whether traded at or not; a row
 * without trades, or outside the footprint, has the volume 0.
 *
 * <pre>
 * buy imbalance at i:  buy(i)  >= ratio x sell(i - 1),  buy(i)  >= least,  buy(i)  - sell(i - 1) >= difference
 * sell imbalance at i: sell(i) >= ratio x buy(i + 1),   sell(i) >= least,  sell(i) - buy(i + 1)  >= difference
 * </pre>
 *
 * @param ratio 1 or more
 * @param zeros whether a neighbour of 0 makes an imbalance
 * @param scale of quantities
 */
record Diagonal(BigDecimal ratio, ZeroPolicy zeros, int scale) {
  /** What a neighbour without volume means. */
  enum ZeroPolicy {
    /** It counts as the volume 0. */
    COUNT,
    /** There is no imbalance against it. */
    IGNORE
  }

  /**
   * All imbalances, by rows from the lowest.
   *
   * @param least volume of a row's side
   * @param difference to its neighbour that there must be; positive
   */
  List<Imbalance> find(Ladder footprint, BigDecimal least, BigDecimal difference) {
    List<Imbalance> found = new ArrayList<>();
    int size = footprint.size();
    for (int row = 0; row < size; row++) {
      BigDecimal below = row > 0 ? footprint.sell(row - 1, scale) : BigDecimal.ZERO;
      BigDecimal above = row < size - 1 ? footprint.buy(row + 1, scale) : BigDecimal.ZERO;
      BigDecimal buy = footprint.buy(row, scale);
      BigDecimal sell = footprint.sell(row, scale);
      if (exceeds(buy, below, least, difference)) {
        found.add(new Imbalance(row, Side.BUY, buy, below));
      }
      if (exceeds(sell, above, least, difference)) {
        found.add(new Imbalance(row, Side.SELL, sell, above));
      }
    }
    return found;
  }

  private boolean exceeds(
      BigDecimal volume, BigDecimal against, BigDecimal least, BigDecimal difference) {
    return volume.signum() > 0
        && (against.signum() > 0 || zeros == ZeroPolicy.COUNT)
        && volume.compareTo(least) >= 0
        && volume.subtract(against).compareTo(difference) >= 0
        && volume.compareTo(ratio.multiply(against)) >= 0;
  }
}
