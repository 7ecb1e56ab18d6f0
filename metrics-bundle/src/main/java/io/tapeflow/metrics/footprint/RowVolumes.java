package io.tapeflow.metrics.footprint;

import io.tapeflow.metrics.Wide;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** The volumes of all rows that were traded at in the last few bars. */
final class RowVolumes {
  private final int bars;
  private final Deque<long[]> volumes = new ArrayDeque<>();

  /** Of so many bars. */
  RowVolumes(int bars) {
    this.bars = bars;
  }

  /** A bar has closed. */
  void add(Ladder footprint) {
    long[] all = footprint.volumes();
    int printed = 0;
    for (int index = 0; index < footprint.size(); index++) {
      if (footprint.isPrinted(index)) {
        all[2 * printed] = all[2 * index];
        all[2 * printed + 1] = all[2 * index + 1];
        printed++;
      }
    }
    if (volumes.size() == bars) {
      volumes.removeFirst();
    }
    volumes.addLast(Arrays.copyOf(all, 2 * printed));
  }

  /**
   * A percentile by the nearest rank: the least volume that at least so many percent of the rows do
   * not exceed. Zero if there are no rows.
   */
  BigDecimal percentile(int percent, int scale) {
    List<BigDecimal> sorted = new ArrayList<>();
    for (long[] ofBar : volumes) {
      for (int at = 0; at < ofBar.length; at += 2) {
        sorted.add(Wide.decimal(ofBar, at, scale));
      }
    }
    if (sorted.isEmpty()) {
      return BigDecimal.ZERO;
    }
    Collections.sort(sorted);
    int rank = (sorted.size() * percent + 99) / 100;
    return sorted.get(Math.max(rank, 1) - 1);
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(volumes.size());
    for (long[] ofBar : volumes) {
      out.writeInt(ofBar.length);
      for (long word : ofBar) {
        out.writeLong(word);
      }
    }
  }

  void restore(DataInput in) throws IOException {
    volumes.clear();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      long[] ofBar = new long[in.readInt()];
      for (int at = 0; at < ofBar.length; at++) {
        ofBar[at] = in.readLong();
      }
      volumes.addLast(ofBar);
    }
  }
}
