package io.tapeflow.api.trade;

import java.util.Objects;

/**
 * What {@link TradeBatch#slice} gives: a view that copies nothing.
 *
 * @param whole the batch it is a part of
 * @param from index of the first trade
 * @param to index behind the last one
 */
record TradeSlice(TradeBatch whole, int from, int to) implements TradeBatch {
  TradeSlice {
    Objects.checkFromToIndex(from, to, whole.size());
  }

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
