package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.trade.Trade;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that keeps everything it is told. */
final class Recorder implements TradeListener {
  final List<Trade> trades = Collections.synchronizedList(new ArrayList<>());
  final List<TradeGap> gaps = new CopyOnWriteArrayList<>();

  @Override
  public void onTrades(TradeBatch batch) {
    batch.forEach(trades::add);
  }

  @Override
  public void onGap(TradeGap gap) {
    gaps.add(gap);
  }

  /** What has come so far; more may be coming. */
  List<Trade> seen() {
    synchronized (trades) {
      return List.copyOf(trades);
    }
  }

  List<Long> ids(String symbol) {
    return seen().stream()
        .filter(trade -> trade.instrument().symbol().equals(symbol))
        .map(Trade::id)
        .toList();
  }

  void assertGapless(String symbol) {
    List<Long> ids = ids(symbol);
    assertThat(ids).isNotEmpty().isSorted().doesNotHaveDuplicates();
    assertThat(ids.get(ids.size() - 1) - ids.get(0) + 1).isEqualTo(ids.size());
    assertThat(gaps).isEmpty();
  }

  void assertEachOnceWithGapsTold(String symbol) {
    List<Long> ids = ids(symbol);
    assertThat(ids).isNotEmpty().isSorted().doesNotHaveDuplicates();
    long first = ids.get(0);
    long last = ids.get(ids.size() - 1);
    long told =
        gaps.stream()
            .filter(gap -> gap.instrument().symbol().equals(symbol))
            .filter(gap -> gap.lastId() < last)
            .mapToLong(TradeGap::count)
            .sum();
    assertThat(last - first + 1).isEqualTo(ids.size() + told);
  }
}
