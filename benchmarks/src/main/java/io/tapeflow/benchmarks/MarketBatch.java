package io.tapeflow.benchmarks;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;

/** A batch that moves along a market, round after round. */
final class MarketBatch implements TradeBatch {
  static final int SIZE = 64;

  private final Market market;
  private long begin = -SIZE;

  MarketBatch(Market market) {
    this.market = market;
  }

  /** Becomes the next batch. */
  void next() {
    begin += SIZE;
  }

  @Override
  public Instrument instrument() {
    return Market.INSTRUMENT;
  }

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public long id(int index) {
    return begin + index + 1;
  }

  @Override
  public long price(int index) {
    return market.price[at(index)];
  }

  @Override
  public long quantity(int index) {
    return market.quantity[at(index)];
  }

  @Override
  public long timeMicros(int index) {
    return market.time[at(index)] + (begin + index) / Market.TRADES * market.duration;
  }

  @Override
  public long receivedMicros(int index) {
    return timeMicros(index);
  }

  @Override
  public Side aggressor(int index) {
    return market.buy[at(index)] ? Side.BUY : Side.SELL;
  }

  @Override
  public int fills(int index) {
    return 1;
  }

  @Override
  public boolean repaired(int index) {
    return false;
  }

  @Override
  public boolean block(int index) {
    return false;
  }

  private int at(int index) {
    return (int) ((begin + index) % Market.TRADES);
  }
}
