package io.tapeflow.web;

import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.api.trade.TradeBatch;
import java.util.ArrayList;
import java.util.List;

/** The newest trades of an instrument, in JSON, newest last. The status is put as a metric's. */
record TradesView(
    String instrument,
    String key,
    String status,
    String reason,
    double coverage,
    List<TradeView> trades) {

  record TradeView(
      long id,
      String price,
      String quantity,
      String time,
      long timeMicros,
      String side,
      int fills,
      boolean repaired,
      boolean block) {
    static TradeView of(Trade it) {
      return new TradeView(
          it.id(),
          it.priceDecimal().toPlainString(),
          it.quantityDecimal().toPlainString(),
          Json.time(it.timeMicros()),
          it.timeMicros(),
          it.aggressor().name(),
          it.fills(),
          it.repaired(),
          it.block());
    }
  }

  static TradesView of(InstrumentStatus status, String name, TradeBatch batch) {
    List<TradeView> trades = new ArrayList<>(batch == null ? 0 : batch.size());
    if (batch != null) {
      batch.forEach(trade -> trades.add(TradeView.of(trade)));
    }
    MetricStatus word = word(status, trades.isEmpty());
    return new TradesView(
        name,
        status.instrument().key(),
        word.name(),
        word == MetricStatus.OK ? "" : reason(status),
        Json.seconds(status.coverage()),
        trades);
  }

  private static MetricStatus word(InstrumentStatus status, boolean empty) {
    if (empty) {
      return MetricStatus.NO_DATA;
    }
    boolean current =
        status.state() == InstrumentState.LIVE || status.state() == InstrumentState.QUIET;
    return current ? MetricStatus.OK : MetricStatus.STALE;
  }

  private static String reason(InstrumentStatus status) {
    return status.reason().isEmpty() ? status.state().name() : status.reason();
  }
}
