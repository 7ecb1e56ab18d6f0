package io.tapeflow.metrics.footprint;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Points of control of completed profiles that no later trade has gone through: none printed in
 * their row, none went from one side of it to the other. Only the newest few are kept.
 */
public final class NakedPocs {
  private final int most;
  private final List<Poc> pocs = new ArrayList<>();
  private long lastPrice;

  // Between these prices nothing can happen to any of them.
  private long safeFrom = Long.MAX_VALUE;
  private long safeTo = Long.MIN_VALUE;

  /**
   * A point of control.
   *
   * @param number of its bar or session
   * @param price where its row begins, fixed-point
   * @param rowSize fixed-point
   * @param firstId the first id of its profile
   * @param sinceMicros the start of its profile
   */
  public record Poc(long number, long price, long rowSize, long firstId, long sinceMicros) {
    private boolean isPassed(long from, long to) {
      boolean printed = to >= price && to < price + rowSize;
      boolean up = from < price && to >= price + rowSize;
      boolean down = from >= price + rowSize && to < price;
      return printed || up || down;
    }
  }

  /** Keeps so many at the most. */
  public NakedPocs(int most) {
    this.most = most;
  }

  /** A profile is complete; the last trade given was in it. */
  public void add(Poc poc) {
    if (pocs.size() == most) {
      pocs.remove(0);
    }
    pocs.add(poc);
    findSafeRange();
  }

  /** A trade. */
  public void trade(long price) {
    if (price < safeFrom || price >= safeTo) {
      long from = lastPrice;
      pocs.removeIf(poc -> poc.isPassed(from, price));
      lastPrice = price;
      findSafeRange();
    }
    lastPrice = price;
  }

  /** Those that are left, the newest first. */
  public List<Poc> naked() {
    List<Poc> naked = new ArrayList<>();
    for (int i = pocs.size() - 1; i >= 0; i--) {
      naked.add(pocs.get(i));
    }
    return naked;
  }

  /** Writes them. */
  public void save(DataOutput out) throws IOException {
    out.writeLong(lastPrice);
    out.writeInt(pocs.size());
    for (Poc poc : pocs) {
      out.writeLong(poc.number);
      out.writeLong(poc.price);
      out.writeLong(poc.rowSize);
      out.writeLong(poc.firstId);
      out.writeLong(poc.sinceMicros);
    }
  }

  /** Takes over what {@link #save} wrote. */
  public void restore(DataInput in) throws IOException {
    lastPrice = in.readLong();
    int count = in.readInt();
    pocs.clear();
    for (int i = 0; i < count; i++) {
      pocs.add(new Poc(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong()));
    }
    findSafeRange();
  }

  private void findSafeRange() {
    safeFrom = Long.MIN_VALUE;
    safeTo = Long.MAX_VALUE;
    for (Poc poc : pocs) {
      if (lastPrice >= poc.price) {
        safeFrom = Math.max(safeFrom, poc.price + poc.rowSize);
      }
      if (lastPrice < poc.price + poc.rowSize) {
        safeTo = Math.min(safeTo, poc.price);
      }
    }
  }
}
