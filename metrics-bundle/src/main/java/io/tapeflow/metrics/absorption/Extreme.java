package io.tapeflow.metrics.absorption;

import io.tapeflow.metrics.Wide;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The volume of one side in the row at a bar's high or low, and how many bars in succession have
 * had a new extreme with less volume in its row than the one before.
 */
final class Extreme {
  private static final int VOLUME = 0;
  private static final int LAST_VOLUME = 2;

  private final long rowSize;
  private final boolean high;

  /** Of the forming bar's extreme row, and of that of the bar before. */
  private final long[] volumes = new long[4];

  private boolean isForming;
  private long row;
  private long price;
  private long bars;
  private long lastPrice;
  private int run;
  private long runId = -1;
  private long runTime;

  Extreme(long rowSize, boolean high) {
    this.rowSize = rowSize;
    this.high = high;
  }

  /** A trade, with the volume that counts of it. */
  void add(long at, long quantity) {
    long number = Math.floorDiv(at, rowSize);
    if (!isForming || (high ? number > row : number < row)) {
      row = number;
      volumes[VOLUME] = 0;
      volumes[VOLUME + 1] = 0;
      price = isForming ? price : at;
    }
    isForming = true;
    price = high ? Math.max(price, at) : Math.min(price, at);
    if (number == row) {
      Wide.add(volumes, VOLUME, quantity);
    }
  }

  /** The bar has closed. */
  void close(long firstId, long openTime) {
    boolean further = bars > 0 && (high ? price > lastPrice : price < lastPrice);
    if (further && Wide.compare(volumes, VOLUME, LAST_VOLUME) < 0) {
      run++;
    } else {
      run = 1;
      runId = firstId;
      runTime = openTime;
    }
    bars++;
    lastPrice = price;
    Wide.copy(volumes, VOLUME, LAST_VOLUME);
    isForming = false;
  }

  /** The bar has closed, but counts for nothing. */
  void forget() {
    isForming = false;
  }

  /** How many bars have counted. */
  long bars() {
    return bars;
  }

  /** How many bars the run has, the first one included. */
  int run() {
    return run;
  }

  long runId() {
    return runId;
  }

  long runTime() {
    return runTime;
  }

  void save(DataOutput out) throws IOException {
    out.writeBoolean(isForming);
    out.writeLong(row);
    out.writeLong(price);
    out.writeLong(bars);
    out.writeLong(lastPrice);
    for (long word : volumes) {
      out.writeLong(word);
    }
    out.writeInt(run);
    out.writeLong(runId);
    out.writeLong(runTime);
  }

  void restore(DataInput in) throws IOException {
    isForming = in.readBoolean();
    row = in.readLong();
    price = in.readLong();
    bars = in.readLong();
    lastPrice = in.readLong();
    for (int i = 0; i < volumes.length; i++) {
      volumes[i] = in.readLong();
    }
    run = in.readInt();
    runId = in.readLong();
    runTime = in.readLong();
  }
}
