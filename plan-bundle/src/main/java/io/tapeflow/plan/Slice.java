package io.tapeflow.plan;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;
import java.util.Objects;

/**
 * Some of the trades of a batch.
 *
 * @param from the first
 * @param to behind the last
 */
record Slice(TradeBatch whole, int from, int to) implements TradeBatch {
  @Override
  public Instrument instrument() {
    return whole.instrument();
  }

  @Override
  public int size() {
    return to - from;
  }

  @Override
  public long id(int index) {
    return whole.id(at(index));
  }

  @Override
  public long price(int index) {
    return whole.price(at(index));
  }

  @Override
  public long quantity(int index) {
    return whole.quantity(at(index));
  }

  @Override
  public long timeMicros(int index) {
    return whole.timeMicros(at(index));
  }

  @Override
  public long receivedMicros(int index) {
    return whole.receivedMicros(at(index));
  }

  @Override
  public Side aggressor(int index) {
    return whole.aggressor(at(index));
  }

  @Override
  public int fills(int index) {
    return whole.fills(at(index));
  }

  @Override
  public boolean repaired(int index) {
    return whole.repaired(at(index));
  }

  @Override
  public boolean block(int index) {
    return whole.block(at(index));
  }

  private int at(int index) {
    return from + Objects.checkIndex(index, size());
  }
}
