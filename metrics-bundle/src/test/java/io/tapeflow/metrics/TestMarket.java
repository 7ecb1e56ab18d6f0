package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.api.trade.TradeGap;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A component with one instrument, whose trades are printed as the clock says: no skew, no delay.
 */
final class TestMarket {
  static final Instant NOON = Instant.parse("2025-10-04T12:00:00Z");
  static final Instrument BTC = new Instrument("binance-spot", "BTCUSDT", 2, 3);

  final TestClock clock;
  final TestStream stream;
  final OrderFlowComponent component;
  final Instrument instrument;
  private long nextId = 1;

  TestMarket() {
    this(BTC, NOON, Map.of());
  }

  TestMarket(Instrument instrument, Instant start, Map<String, Object> properties) {
    this.instrument = instrument;
    clock = new TestClock(start);
    stream = new TestStream(instrument);
    component = new OrderFlowComponent(properties, clock);
    component.addStream(stream);
  }

  TestMarket buy(String price, String quantity) {
    return print(trade(Side.BUY, price, quantity));
  }

  TestMarket sell(String price, String quantity) {
    return print(trade(Side.SELL, price, quantity));
  }

  TestMarket print(Trade... trades) {
    component.onTrades(new TestBatch(List.of(trades)));
    return this;
  }

  /** The next trade, made and received now. */
  Trade trade(Side side, String price, String quantity) {
    return new Trade(
        instrument,
        nextId++,
        fixed(price, instrument.priceScale()),
        fixed(quantity, instrument.quantityScale()),
        clock.wallMicros(),
        clock.wallMicros(),
        side,
        1,
        false,
        false);
  }

  TestMarket skipIds(int count) {
    nextId += count;
    return this;
  }

  TestMarket gap(int count) {
    component.onGap(new TradeGap(instrument, nextId, nextId + count - 1, TradeGap.Cause.MISSING));
    return skipIds(count);
  }

  TestMarket passes(Duration time) {
    clock.advance(time);
    return this;
  }

  TestMarket passSeconds(long seconds) {
    return passes(Duration.ofSeconds(seconds));
  }

  MetricSnapshot snapshot() {
    return component.snapshot(instrument.key());
  }

  MetricValue metric(String name) {
    return snapshot().metric(name);
  }

  Object value(String name) {
    return metric(name).value();
  }

  static BigDecimal decimal(String number) {
    return new BigDecimal(number);
  }

  private static long fixed(String decimal, int scale) {
    return new BigDecimal(decimal).movePointRight(scale).longValueExact();
  }
}
