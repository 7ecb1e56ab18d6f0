package io.tapeflow.metrics.bar;

import io.tapeflow.metrics.Wide;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Imbalance bars (Lopez de Prado, Advances in Financial Machine Learning, 2.3.2.1): a bar ends when
 * the sum of signs, or of signed volume, is further from 0 than was to be expected.
 *
 * <p>The original rule expects both the length of a bar and its imbalance from the bars before, and
 * is known to run away in either direction. Here the expected length is fixed at {@code target}
 * trades, and only the mean signed amount of a trade is learnt, by an exponentially weighted mean
 * with weight 2 / (target + 1), as it stands when the bar begins:
 *
 * <pre>
 * threshold = max(target x |mean(b v)|, round(sqrt(target)) x mean(v))     v = 1 for ticks
 * </pre>
 *
 * The floor is what chance alone would bring: a balanced market cannot make bars of single trades.
 * The cap is 3 x target trades: an unexpected balance cannot hold a bar open for ever. The first
 * bar is a warm-up of {@code target} trades, whatever their sides; in it the means are plain ones.
 *
 * <p>The means are doubles, computed in the order of the trades: the same trades give the same
 * bars.
 */
final class ImbalanceRule implements CloseRule {
  private static final int CAP = 3;

  private final int target;
  private final boolean byVolume;
  private final long floor;
  private final double weight;
  private long seen;
  private double signedMean;
  private double mean;
  private double threshold = Double.POSITIVE_INFINITY;

  ImbalanceRule(int target, boolean byVolume) {
    this.target = target;
    this.byVolume = byVolume;
    floor = Math.round(Math.sqrt(target));
    weight = 2.0 / (target + 1);
  }

  @Override
  public boolean isFull(FormingBar bar, long quantity, boolean buy) {
    double amount = byVolume ? quantity : 1;
    seen++;
    double share = Math.max(weight, 1.0 / seen);
    signedMean += share * ((buy ? amount : -amount) - signedMean);
    mean += share * (amount - mean);
    boolean full =
        seen == target
            || bar.trades() >= (long) CAP * target
            || Math.abs(imbalance(bar)) >= threshold;
    if (full) {
      threshold = Math.max(target * Math.abs(signedMean), floor * mean);
    }
    return full;
  }

  private double imbalance(FormingBar bar) {
    return byVolume ? Wide.doubleValue(bar.sums, FormingBar.DELTA) : bar.buyTrades - bar.sellTrades;
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeLong(seen);
    out.writeDouble(signedMean);
    out.writeDouble(mean);
    out.writeDouble(threshold);
  }

  @Override
  public void restore(DataInput in) throws IOException {
    seen = in.readLong();
    signedMean = in.readDouble();
    mean = in.readDouble();
    threshold = in.readDouble();
  }
}
