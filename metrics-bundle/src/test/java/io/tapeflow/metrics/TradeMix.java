package io.tapeflow.metrics;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Kinds of random trades, each with something that calculators may stumble over. */
public enum TradeMix {
  /** A lively market: a random walk by ticks, some milliseconds between trades. */
  LIVELY(2, 5, 6_000_000, 40_000_000, 50),
  /** A quiet market: up to minutes between trades, so that bars and windows stay empty. */
  QUIET(2, 5, 6_000_000, 40_000_000, 300_000),
  /** Prices of a few ticks, trillions of units. */
  TINY_PRICES(8, 2, 5, 900_000_000_000_000L, 200),
  /** All aggressors buy. */
  ONE_SIDED(2, 3, 100_000, 10_000, 100),
  /** One price. */
  ONE_PRICE(2, 3, 100_000, 10_000, 100),
  /** All at the same time. */
  ONE_TIME(2, 3, 100_000, 10_000, 0),
  /** Times go back by some milliseconds now and then. */
  BACKWARDS(2, 3, 100_000, 10_000, 30),
  /** Prices jump by large steps. */
  JUMPS(2, 3, 100_000_000, 10_000, 500);

  /** 2025-10-04T23:50Z: ten minutes to the end of a session. */
  private static final long START = TimeUnit.SECONDS.toMicros(1_759_621_800L);

  private final int priceScale;
  private final int quantityScale;
  private final long price;
  private final long quantity;
  private final int stepMillis;

  TradeMix(int priceScale, int quantityScale, long price, long quantity, int stepMillis) {
    this.priceScale = priceScale;
    this.quantityScale = quantityScale;
    this.price = price;
    this.quantity = quantity;
    this.stepMillis = stepMillis;
  }

  /** The instrument traded. */
  public Instrument instrument() {
    return new Instrument("test", name(), priceScale, quantityScale);
  }

  /**
   * Trades with ids from 1 on.
   *
   * @param seed the same seed gives the same trades
   */
  public List<Trade> trades(int count, long seed) {
    Random random = new Random(seed);
    Instrument instrument = instrument();
    List<Trade> trades = new ArrayList<>(count);
    long time = START;
    long at = price;
    for (int id = 1; id <= count; id++) {
      time += stepMillis == 0 ? 0 : 1_000L * random.nextInt(stepMillis);
      at = next(at, random);
      long printed = this == BACKWARDS && random.nextInt(10) == 0 ? time - 7_000 : time;
      Side side = this == ONE_SIDED || random.nextInt(100) < 52 ? Side.BUY : Side.SELL;
      long size = 1 + (long) (quantity * Math.pow(random.nextDouble(), 4));
      int fills = 1 + random.nextInt(3);
      trades.add(new Trade(instrument, id, at, size, printed, printed, side, fills, false, false));
    }
    return trades;
  }

  private long next(long at, Random random) {
    if (this == ONE_PRICE) {
      return at;
    }
    long step = this == JUMPS ? at / 5 : 3;
    return Math.max(1, at + Math.round(random.nextGaussian() * step / 2));
  }
}
