package io.tapeflow.metrics.absorption;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The volume of one side in the row at a bar's high or low, and how many bars in succession have
 * had a new extreme with less volume in its row than the one before.
 */
final class Extreme {
  private final long rowSize;
  private final boolean high;
  private boolean isForming;
  private long row;
  private long price;
  private long volume;
  private boolean isKnown;
  private long lastPrice;
  private long lastVolume;
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
      volume = 0;
      price = isForming ? price : at;
    }
    isForming = true;
    price = high ? Math.max(price, at) : Math.min(price, at);
    if (number == row) {
      volume = Math.addExact(volume, quantity);
    }
  }

  /** The bar has closed. */
  void close(long firstId, long openTime) {
    boolean further = isKnown && (high ? price > lastPrice : price < lastPrice);
    if (further && volume < lastVolume) {
      run++;
    } else {
      run = 1;
      runId = firstId;
      runTime = openTime;
    }
    isKnown = true;
    lastPrice = price;
    lastVolume = volume;
    isForming = false;
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
    out.writeLong(volume);
    out.writeBoolean(isKnown);
    out.writeLong(lastPrice);
    out.writeLong(lastVolume);
    out.writeInt(run);
    out.writeLong(runId);
    out.writeLong(runTime);
  }

  void restore(DataInput in) throws IOException {
    isForming = in.readBoolean();
    row = in.readLong();
    price = in.readLong();
    volume = in.readLong();
    isKnown = in.readBoolean();
    lastPrice = in.readLong();
    lastVolume = in.readLong();
    run = in.readInt();
    runId = in.readLong();
    runTime = in.readLong();
  }
}
