package io.tapeflow.metrics.footprint;

import io.tapeflow.api.trade.Side;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The zones of stacked imbalances of the last bars, followed through the later trades. */
final class Zones {
  private final int least;
  private final int bars;
  private final List<Zone> zones = new ArrayList<>();

  // Outside these prices no trade is near a zone that is not filled yet.
  private long watchFrom = Long.MAX_VALUE;
  private long watchTo = Long.MIN_VALUE;

  /**
   * Zones of at least so many rows, each kept for so many bars after its own.
   *
   * @param least rows
   * @param bars of life
   */
  Zones(int least, int bars) {
    this.least = least;
    this.bars = bars;
  }

  /** A trade later than the bar closed last. */
  void trade(long timeMicros, long price) {
    if (price < watchFrom || price >= watchTo) {
      return;
    }
    for (Zone zone : zones) {
      zone.trade(timeMicros, price);
    }
    watch();
  }

  /**
   * A bar has closed.
   *
   * @param closedBars the number of bars closed so far, this one included
   * @param number of the bar
   * @param imbalances of this bar, by rows from the lowest
   */
  void closed(long closedBars, long number, Ladder footprint, List<Imbalance> imbalances) {
    zones.removeIf(zone -> zone.bar + bars < closedBars);
    addRuns(closedBars, number, Side.BUY, footprint, imbalances);
    addRuns(closedBars, number, Side.SELL, footprint, imbalances);
    watch();
  }

  /** All of them, the newest bar's first; those of a bar by side, then from the lowest. */
  List<Zone> all() {
    List<Zone> all = new ArrayList<>(zones);
    all.sort((a, b) -> Long.compare(b.bar, a.bar));
    return all;
  }

  /** Number of zones of a side that no trade has been inside of. */
  long unfilled(Side side) {
    return zones.stream()
        .filter(zone -> zone.side == side && zone.state() != Zone.State.FILLED)
        .count();
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(zones.size());
    for (Zone zone : zones) {
      zone.save(out);
    }
  }

  void restore(DataInput in) throws IOException {
    zones.clear();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      zones.add(Zone.restored(in));
    }
    watch();
  }

  private void addRuns(
      long bar, long number, Side side, Ladder footprint, List<Imbalance> imbalances) {
    List<Imbalance> run = new ArrayList<>();
    for (Imbalance imbalance : imbalances) {
      if (imbalance.side() != side) {
        continue;
      }
      if (!run.isEmpty() && run.get(run.size() - 1).row() + 1 != imbalance.row()) {
        addRun(bar, number, footprint, run);
        run.clear();
      }
      run.add(imbalance);
    }
    addRun(bar, number, footprint, run);
  }

  private void addRun(long bar, long number, Ladder footprint, List<Imbalance> run) {
    if (run.size() < least) {
      return;
    }
    Imbalance first = run.get(0);
    long from = footprint.price(first.row());
    long to = from + run.size() * footprint.rowSize();
    BigDecimal volume =
        run.stream().map(Imbalance::volume).reduce(BigDecimal.ZERO, BigDecimal::add);
    zones.add(new Zone(bar, number, first.side(), from, to, footprint.rowSize(), volume));
  }

  private void watch() {
    watchFrom = Long.MAX_VALUE;
    watchTo = Long.MIN_VALUE;
    for (Zone zone : zones) {
      if (zone.state() != Zone.State.FILLED) {
        watchFrom = Math.min(watchFrom, zone.from - zone.rowSize);
        watchTo = Math.max(watchTo, zone.to + zone.rowSize);
      }
    }
  }
}
