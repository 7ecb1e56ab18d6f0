package io.tapeflow.metrics;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.api.trade.TradeBatch;
import java.util.List;

/** A batch made of single trades. */
public record TestBatch(Instrument instrument, List<Trade> trades) implements TradeBatch {
  public TestBatch {
    trades = List.copyOf(trades);
  }

  /** A batch that is not empty. */
  public TestBatch(List<Trade> trades) {
    this(trades.get(0).instrument(), trades);
  }

  @Override
  public int size() {
    return trades.size();
  }

  @Override
  public long id(int index) {
    return trades.get(index).id();
  }

  @Override
  public long price(int index) {
    return trades.get(index).price();
  }

  @Override
  public long quantity(int index) {
    return trades.get(index).quantity();
  }

  @Override
  public long timeMicros(int index) {
    return trades.get(index).timeMicros();
  }

  @Override
  public long receivedMicros(int index) {
    return trades.get(index).receivedMicros();
  }

  @Override
  public Side aggressor(int index) {
    return trades.get(index).aggressor();
  }

  @Override
  public int fills(int index) {
    return trades.get(index).fills();
  }

  @Override
  public boolean repaired(int index) {
    return trades.get(index).repaired();
  }

  @Override
  public boolean block(int index) {
    return trades.get(index).block();
  }
}
