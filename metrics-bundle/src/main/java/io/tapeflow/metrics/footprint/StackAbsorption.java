package io.tapeflow.metrics.footprint;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.metrics.absorption.AbsorptionZones;
import io.tapeflow.metrics.bar.Bar;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Absorption in a footprint: a stack of imbalances at the very extreme of a bar that did not extend
 * it. Selling was absorbed if sell imbalances are stacked from the lowest row up and the bar closed
 * in its upper half; buying is the mirror at the highest row.
 *
 * <p>Each one makes a zone over the rows of the stack, its strength the number of rows, which fades
 * and ends as {@link AbsorptionZones} says.
 */
final class StackAbsorption {
  private final Instrument instrument;
  private final int leastRows;
  private final BigDecimal leastVolume;
  private final AbsorptionZones zones;
  private List<Stack> stacks = List.of();

  StackAbsorption(Instrument instrument, ImbalanceSettings settings) {
    this.instrument = instrument;
    leastRows = settings.stack();
    leastVolume = settings.absorptionVolume();
    zones = new AbsorptionZones(settings.absorptionZones(), settings.absorptionHalfLife());
  }

  /** A trade later than the bar closed last. */
  void trade(long timeMicros, long price) {
    zones.trade(price, timeMicros);
  }

  /**
   * A bar has closed.
   *
   * @param known whether the bar is whole and its imbalances rest on all that they should
   */
  void closed(Bar bar, Ladder footprint, List<Imbalance> imbalances, boolean known) {
    find(bar, footprint, imbalances);
    for (Stack stack : known ? stacks : List.<Stack>of()) {
      zones.found(
          stack.side == Side.BUY,
          stack.low,
          stack.high,
          stack.rows,
          stack.value.doubleValue(),
          bar.firstId(),
          bar.closeTime());
    }
  }

  /** Which of a bar's stacks were absorbed, without telling the zones. */
  void find(Bar bar, Ladder footprint, List<Imbalance> imbalances) {
    List<Stack> found = new ArrayList<>();
    long up = bar.close() - bar.low();
    long down = bar.high() - bar.close();
    if (up >= down) {
      add(found, footprint, Side.SELL, imbalances);
    }
    if (down >= up) {
      List<Imbalance> fromTheTop = new ArrayList<>(imbalances);
      Collections.reverse(fromTheTop);
      add(found, footprint, Side.BUY, fromTheTop);
    }
    stacks = found;
  }

  /** The aggressor that the last bar absorbed: BUY, SELL, BOTH or NONE. */
  String side() {
    return switch (stacks.size()) {
      case 0 -> "NONE";
      case 1 -> stacks.get(0).side.name();
      default -> "BOTH";
    };
  }

  /** What was traded in the stacks that the last bar absorbed. */
  BigDecimal volume() {
    return stacks.stream().map(Stack::volume).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The strength of the strongest zone that absorbed a side; 0 if there is none. */
  double strongest(Side side, long nowMicros) {
    return zones.strongest(side == Side.BUY, nowMicros);
  }

  /** The zones, newest first. */
  List<MetricRow> rows(long nowMicros) {
    return zones.rows(instrument, nowMicros);
  }

  void save(DataOutput out) throws IOException {
    zones.save(out);
  }

  void restore(DataInput in) throws IOException {
    zones.restore(in);
  }

  /** The stack of a side at its extreme row, if it is high and large enough. */
  private void add(List<Stack> found, Ladder footprint, Side side, List<Imbalance> inwards) {
    int first = side == Side.SELL ? 0 : footprint.size() - 1;
    int inward = side == Side.SELL ? 1 : -1;
    int rows = 0;
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal value = BigDecimal.ZERO;
    for (Imbalance imbalance : inwards) {
      if (imbalance.side() == side && imbalance.row() == first + inward * rows) {
        rows++;
        volume = volume.add(imbalance.volume());
        BigDecimal price = instrument.price(footprint.price(imbalance.row()));
        value = value.add(imbalance.volume().multiply(price));
      }
    }
    if (rows >= leastRows && volume.compareTo(leastVolume) >= 0) {
      long extreme = footprint.price(first);
      long inner = footprint.price(first + inward * (rows - 1));
      long low = Math.min(extreme, inner);
      // To the last price of the highest row: a trade in that row is not beyond it.
      long high = Math.max(extreme, inner) + footprint.rowSize() - instrument.priceTick();
      found.add(new Stack(side, low, high, rows, volume, value));
    }
  }

  /**
   * A stack that was absorbed.
   *
   * @param low first price of its lowest row
   * @param high last price of its highest row
   * @param volume of its imbalances
   * @param value of them at the prices of their rows, quote units
   */
  private record Stack(
      Side side, long low, long high, int rows, BigDecimal volume, BigDecimal value) {}
}
