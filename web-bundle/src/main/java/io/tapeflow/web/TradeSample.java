package io.tapeflow.web;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.web.EventViews.TradesEvent;
import io.tapeflow.web.TradesView.TradeView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/** The newest of some trades, and the sums of all of them. Order flow leaves out block trades. */
final class TradeSample {
  private final Instrument instrument;
  private final int most;
  private final Deque<Trade> newest = new ArrayDeque<>();
  private long firstId = -1;
  private long lastId = -1;
  private long count;
  private long bought;
  private long sold;

  /** An empty one, that will hold so many trades at the most. */
  TradeSample(Instrument instrument, int most) {
    this.instrument = instrument;
    this.most = most;
  }

  TradeSample add(TradeBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (!batch.block(i) && batch.aggressor(i) == Side.BUY) {
        bought = Math.addExact(bought, batch.quantity(i));
      } else if (!batch.block(i)) {
        sold = Math.addExact(sold, batch.quantity(i));
      }
    }
    for (int i = Math.max(0, batch.size() - most); i < batch.size(); i++) {
      newest.addLast(batch.get(i));
      if (newest.size() > most) {
        newest.removeFirst();
      }
    }
    firstId = firstId < 0 ? batch.id(0) : firstId;
    lastId = batch.id(batch.size() - 1);
    count += batch.size();
    return this;
  }

  TradesEvent event(Function<Instrument, String> names) {
    return new TradesEvent(
        names.apply(instrument),
        instrument.key(),
        firstId,
        lastId,
        count,
        instrument.quantity(bought).toPlainString(),
        instrument.quantity(sold).toPlainString(),
        newest.stream().map(TradeView::of).toList());
  }
}
