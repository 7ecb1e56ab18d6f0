package io.tapeflow.metrics;

import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Bars and volumes by price as one would make them on paper. */
public final class Paper {
  private Paper() {}

  /** Sold and bought volume at a price. */
  public record Cell(BigDecimal sell, BigDecimal buy) {
    /** Nothing. */
    public static final Cell NONE = new Cell(BigDecimal.ZERO, BigDecimal.ZERO);

    /** This cell and a trade. */
    Cell with(Trade trade) {
      BigDecimal quantity = trade.quantityDecimal();
      return trade.aggressor() == Side.BUY
          ? new Cell(sell, buy.add(quantity))
          : new Cell(sell.add(quantity), buy);
    }

    /** Sold and bought. */
    public BigDecimal volume() {
      return sell.add(buy);
    }
  }

  /**
   * Trades by intervals of time; those printed out of order count at the latest time before them.
   */
  public static List<List<Trade>> intervals(List<Trade> trades, long micros) {
    SortedMap<Long, List<Trade>> intervals = new TreeMap<>();
    long time = Long.MIN_VALUE;
    for (Trade trade : trades) {
      time = Math.max(time, trade.timeMicros());
      intervals.computeIfAbsent(Math.floorDiv(time, micros), n -> new ArrayList<>()).add(trade);
    }
    return new ArrayList<>(intervals.values());
  }

  /** Trades in bars, each of which ends with the first trade with which it is full. */
  public static List<List<Trade>> bars(List<Trade> trades, Predicate<List<Trade>> isFull) {
    List<List<Trade>> bars = new ArrayList<>();
    List<Trade> bar = new ArrayList<>();
    for (Trade trade : trades) {
      bar.add(trade);
      if (isFull.test(bar)) {
        bars.add(bar);
        bar = new ArrayList<>();
      }
    }
    return bars;
  }

  /** Cells by the prices at which their rows begin. */
  public static SortedMap<BigDecimal, Cell> rows(List<Trade> trades, BigDecimal rowSize) {
    SortedMap<BigDecimal, Cell> rows = new TreeMap<>();
    for (Trade trade : trades) {
      BigDecimal price = trade.priceDecimal();
      BigDecimal row = price.subtract(price.remainder(rowSize));
      rows.put(row, rows.getOrDefault(row, Cell.NONE).with(trade));
    }
    return rows;
  }

  /** The lowest of the prices with the greatest volume. */
  public static BigDecimal poc(SortedMap<BigDecimal, Cell> rows) {
    BigDecimal poc = rows.firstKey();
    for (BigDecimal price : rows.keySet()) {
      if (rows.get(price).volume().compareTo(rows.get(poc).volume()) > 0) {
        poc = price;
      }
    }
    return poc;
  }

  /** The size that rows are given for a price: a power of ten ticks, 1/4000 of it at the most. */
  public static BigDecimal rowSize(Trade first) {
    BigDecimal most = first.priceDecimal().divide(BigDecimal.valueOf(4_000));
    BigDecimal size = first.instrument().price(first.instrument().priceTick());
    while (size.movePointRight(1).compareTo(most) <= 0) {
      size = size.movePointRight(1);
    }
    return size;
  }
}
