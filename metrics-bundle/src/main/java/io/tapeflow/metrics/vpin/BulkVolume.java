package io.tapeflow.metrics.vpin;

import io.tapeflow.metrics.Wide;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bulk-volume classification: the volume of a bar counts as bought in the share Φ(ΔP/σ), where ΔP
 * is the bar's change of price and σ the standard deviation of the latest changes, this one
 * included. A bar is classified when the first trade behind its end comes. Intervals without a
 * trade have no bar, and a change of price is from the last bar that there was.
 */
final class BulkVolume {
  private final long interval;
  private final Buckets buckets;
  private final double[] changes;
  private long counted;
  private boolean isForming;
  private long number;
  private final long[] volume = new long[2];
  private long firstId;
  private long lastTime;
  private long price;
  private long closedPrice = -1;
  private long missing;

  // Ids missing behind the last trade: they may be of its bar, or of the next trade's.
  private long gapId;
  private long gapCount;

  /** Pours each bar into the buckets. */
  BulkVolume(int seconds, int sigmaBars, Buckets buckets) {
    interval = seconds * 1_000_000L;
    changes = new double[sigmaBars];
    this.buckets = buckets;
  }

  void trade(long id, long time, long at, long quantity) {
    long interval = Math.floorDiv(time, this.interval);
    if (isForming && interval != number) {
      close();
    }
    if (!isForming) {
      isForming = true;
      number = interval;
      firstId = gapCount > 0 ? gapId : id;
      missing = gapCount;
      volume[0] = 0;
      volume[1] = 0;
    }
    Wide.add(volume, 0, quantity);
    price = at;
    lastTime = time;
    gapCount = 0;
  }

  /** Ids are missing behind the last trade. */
  void gap(long from, long count) {
    gapId = gapCount == 0 ? from : gapId;
    gapCount += count;
    missing += isForming ? count : 0;
  }

  /** How many changes of price the standard deviation is over. */
  int changes() {
    return (int) Math.min(counted, changes.length);
  }

  /**
   * The share of a bar's volume that was bought.
   *
   * @param change of price
   * @param sigma standard deviation of such changes; if it is 0, there is nothing to tell by
   */
  static double bought(double change, double sigma) {
    return sigma > 0 ? Normal.cdf(change / sigma) : 0.5;
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(counted);
    for (int i = 0; i < changes(); i++) {
      out.writeDouble(changes[i]);
    }
    out.writeBoolean(isForming);
    out.writeLong(number);
    out.writeLong(volume[0]);
    out.writeLong(volume[1]);
    out.writeLong(firstId);
    out.writeLong(lastTime);
    out.writeLong(price);
    out.writeLong(closedPrice);
    out.writeLong(missing);
    out.writeLong(gapId);
    out.writeLong(gapCount);
  }

  void restore(DataInput in) throws IOException {
    counted = in.readLong();
    for (int i = 0; i < changes(); i++) {
      changes[i] = in.readDouble();
    }
    isForming = in.readBoolean();
    number = in.readLong();
    volume[0] = in.readLong();
    volume[1] = in.readLong();
    firstId = in.readLong();
    lastTime = in.readLong();
    price = in.readLong();
    closedPrice = in.readLong();
    missing = in.readLong();
    gapId = in.readLong();
    gapCount = in.readLong();
  }

  private void close() {
    double bought = 0.5;
    if (closedPrice >= 0) {
      double change = price - closedPrice;
      changes[(int) (counted % changes.length)] = change;
      counted++;
      bought = bought(change, sigma());
    }
    closedPrice = price;
    isForming = false;
    double lean = 2 * bought - 1;
    // By as much as a long holds: the volume of a bar may be more.
    while (volume[0] > 0 || volume[1] != 0) {
      boolean rest = volume[0] == 0 && volume[1] > 0;
      long part = rest ? volume[1] : Long.MAX_VALUE;
      Wide.subtract(volume, 0, part);
      buckets.pour(firstId, lastTime, part, lean, missing);
    }
  }

  /** Of a sample; 0 while there are fewer than two. */
  private double sigma() {
    int count = changes();
    if (count < 2) {
      return 0;
    }
    double mean = 0;
    for (int i = 0; i < count; i++) {
      mean += changes[i] / count;
    }
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += (changes[i] - mean) * (changes[i] - mean);
    }
    return Math.sqrt(squares / (count - 1));
  }
}
