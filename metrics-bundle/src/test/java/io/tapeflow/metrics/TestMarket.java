package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.api.trade.TradeAmendment;
import io.tapeflow.api.trade.TradeGap;
import java.math.BigDecimal;
import java.nio.file.Path;
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
  private long nextService = 1;

  TestMarket() {
    this(BTC, NOON, Map.of());
  }

  TestMarket(Instrument instrument, Instant start, Map<String, Object> properties) {
    this(instrument, new TestClock(start), new TestStream(instrument), properties, null);
  }

  /** One whose state is kept in a file. */
  TestMarket(
      Instrument instrument,
      TestClock clock,
      TestStream stream,
      Map<String, Object> properties,
      Path state) {
    this.instrument = instrument;
    this.clock = clock;
    this.stream = stream;
    component = new OrderFlowComponent(properties, clock, state, null);
    component.addStream(stream);
  }

  /** Registers a family. */
  TestMarket family(String name, int ranking, MetricFactory factory) {
    component.addFamily(
        factory,
        Map.of(
            MetricFactory.FAMILY, name, "service.ranking", ranking, "service.id", nextService++));
    return this;
  }

  /** Late trades of a gap have come; the other ids of the range were never given to a trade. */
  TestMarket late(long firstId, long lastId, List<Trade> trades) {
    stream.history().add(trades);
    component.onAmendment(
        new TradeAmendment(instrument, firstId, lastId, new TestBatch(instrument, trades)));
    return this;
  }

  TestMarket buy(String price, String quantity) {
    return print(trade(Side.BUY, price, quantity));
  }

  TestMarket sell(String price, String quantity) {
    return print(trade(Side.SELL, price, quantity));
  }

  TestMarket print(Trade... trades) {
    return print(List.of(trades));
  }

  TestMarket print(List<Trade> trades) {
    stream.history().add(trades);
    component.onTrades(new TestBatch(trades));
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
    missing(nextId, nextId + count - 1);
    return skipIds(count);
  }

  TestMarket missing(long firstId, long lastId) {
    component.onGap(new TradeGap(instrument, firstId, lastId, TradeGap.Cause.MISSING));
    return this;
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
