package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.trade.TradeAmendment;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeListener;
import java.util.SortedMap;
import java.util.TreeMap;

/** A listener that keeps account of what it is told, and holds the contract against every call. */
final class ListenerModel implements TradeListener {
  /** Quantities by id. */
  final SortedMap<Long, Long> trades = new TreeMap<>();

  final IdRanges missing = new IdRanges();
  final IdRanges lost = new IdRanges();
  int amendments;
  private long lastId = -1;

  @Override
  public synchronized void onTrades(TradeBatch batch) {
    assertThat(batch.size()).isPositive();
    for (int i = 0; i < batch.size(); i++) {
      assertThat(batch.id(i)).as("in order, each once").isGreaterThan(lastId);
      lastId = batch.id(i);
      trades.put(lastId, batch.quantity(i));
    }
  }

  @Override
  public synchronized void onGap(TradeGap gap) {
    if (gap.cause() == TradeGap.Cause.MISSING) {
      assertThat(gap.firstId()).as("in line").isGreaterThan(lastId);
      missing.add(gap.firstId(), gap.lastId());
    } else {
      lost.add(gap.firstId(), gap.lastId());
    }
    lastId = Math.max(lastId, gap.lastId());
  }

  @Override
  public synchronized void onAmendment(TradeAmendment amendment) {
    amendments++;
    assertThat(missing.covers(amendment.firstId(), amendment.lastId()))
        .as("%d to %d were told as missing", amendment.firstId(), amendment.lastId())
        .isTrue();
    missing.remove(amendment.firstId(), amendment.lastId());
    TradeBatch late = amendment.trades();
    for (int i = 0; i < late.size(); i++) {
      assertThat(late.id(i)).isBetween(amendment.firstId(), amendment.lastId());
      assertThat(late.repaired(i)).isTrue();
      assertThat(trades.put(late.id(i), late.quantity(i))).as("each once").isNull();
    }
  }

  synchronized boolean misses() {
    return !missing.isEmpty();
  }

  synchronized int amendments() {
    return amendments;
  }

  /** From the first trade that it had on, it has what history has. */
  synchronized void assertEqualTo(TradeBatch history) {
    SortedMap<Long, Long> held = new TreeMap<>();
    for (int i = 0; i < history.size(); i++) {
      held.put(history.id(i), history.quantity(i));
    }
    assertThat(trades).isNotEmpty();
    assertThat(trades).isEqualTo(held.tailMap(trades.firstKey()));
  }

  synchronized long lastId() {
    return lastId;
  }
}
