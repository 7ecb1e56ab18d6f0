package io.tapeflow.metrics;

import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;

/**
 * A few trades side by side, so that each family can take them all in one go: in turns for each
 * trade, the code of all families would have to be fetched anew for each. Used again and again.
 */
final class Chunk {
  /** The most trades. */
  static final int SIZE = 256;

  private final long[] ids = new long[SIZE];
  private final long[] times = new long[SIZE];
  private final long[] prices = new long[SIZE];
  private final long[] quantities = new long[SIZE];
  private final int[] fills = new int[SIZE];
  private final boolean[] buys = new boolean[SIZE];
  private final boolean[] blocks = new boolean[SIZE];
  private int size;

  /** Takes over the trades of a batch from one index up to another. */
  void fill(TradeBatch trades, int from, int to) {
    size = to - from;
    for (int i = 0; i < size; i++) {
      int at = from + i;
      ids[i] = trades.id(at);
      times[i] = trades.timeMicros(at);
      prices[i] = trades.price(at);
      quantities[i] = trades.quantity(at);
      fills[i] = trades.fills(at);
      buys[i] = trades.aggressor(at) == Side.BUY;
      blocks[i] = trades.block(at);
    }
  }

  /** Gives the trades to a consumer. */
  void give(TradeConsumer consumer) {
    for (int i = 0; i < size; i++) {
      if (blocks[i]) {
        consumer.block(ids[i]);
      } else {
        consumer.trade(ids[i], times[i], prices[i], quantities[i], buys[i], fills[i]);
      }
    }
  }
}
