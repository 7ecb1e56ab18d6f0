package io.tapeflow.metrics;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import java.util.ArrayList;
import java.util.List;

/** The ten trades of the worked vectors. Times are from the epoch on. */
public final class T10 {
  /** Whole numbers, a tick of 1. */
  public static final Instrument INSTRUMENT = new Instrument("test", "T10", 0, 0);

  private static final long[][] ROWS = {
    // id, ms, price, quantity, buyer is maker
    {1, 0, 100, 2, 0},
    {2, 100, 100, 1, 1},
    {3, 200, 101, 3, 0},
    {4, 350, 101, 1, 1},
    {5, 600, 102, 6, 0},
    {6, 900, 101, 4, 1},
    {7, 1100, 100, 5, 1},
    {8, 1500, 99, 2, 1},
    {9, 1800, 100, 1, 0},
    {10, 2400, 101, 3, 0},
  };

  private T10() {}

  /** The trades, oldest first. */
  public static List<Trade> trades() {
    List<Trade> trades = new ArrayList<>();
    for (long[] row : ROWS) {
      Side side = row[4] == 1 ? Side.SELL : Side.BUY;
      trades.add(trade(INSTRUMENT, row[0], row[1], row[2], row[3], side));
    }
    return trades;
  }

  /** A trade of one fill, received when it was made. */
  public static Trade trade(
      Instrument instrument, long id, long millis, long price, long quantity, Side side) {
    long micros = millis * 1_000;
    return new Trade(instrument, id, price, quantity, micros, micros, side, 1, false, false);
  }
}
