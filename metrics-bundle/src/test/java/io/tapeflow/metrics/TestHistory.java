package io.tapeflow.metrics;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeHistory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** A history of whatever it is given, late or not. */
final class TestHistory implements TradeHistory {
  private final Instrument instrument;
  private final TreeMap<Long, Trade> trades = new TreeMap<>();

  TestHistory(Instrument instrument) {
    this.instrument = instrument;
  }

  synchronized void add(Collection<Trade> more) {
    more.forEach(trade -> trades.put(trade.id(), trade));
  }

  /** Forgets what is older than an id. */
  synchronized void dropBefore(long id) {
    trades.headMap(id).clear();
  }

  synchronized List<Trade> all() {
    return List.copyOf(trades.values());
  }

  @Override
  public Instrument instrument() {
    return instrument;
  }

  @Override
  public synchronized TradeBatch latest(int count) {
    List<Trade> all = new ArrayList<>(trades.values());
    return new TestBatch(instrument, all.subList(Math.max(0, all.size() - count), all.size()));
  }

  @Override
  public synchronized TradeBatch from(long firstId, int count) {
    return new TestBatch(
        instrument, trades.tailMap(firstId).values().stream().limit(count).toList());
  }

  @Override
  public List<TradeGap> gaps(long firstId, long lastId) {
    return List.of();
  }

  @Override
  public synchronized long size() {
    return trades.size();
  }

  @Override
  public long bytes() {
    return 0;
  }
}
