package io.tapeflow.plan;

import io.tapeflow.api.metrics.OrderFlowBatch;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeHistory;
import io.tapeflow.metrics.BatchComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Trades of one instrument, and the real metrics of them. */
public final class Market {
  public static final Instrument BTC = new Instrument("binance-spot", "BTCUSDT", 2, 3);
  public static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  public static final long NOON_MICROS = ChronoUnit.MICROS.between(Instant.EPOCH, NOON);

  private final List<Trade> trades = new ArrayList<>();
  private long time = NOON_MICROS;
  private long nextId = 1;

  public Market passSeconds(long seconds) {
    time += seconds * 1_000_000;
    return this;
  }

  public Market skipIds(int count) {
    nextId += count;
    return this;
  }

  public Market buy(String price, String quantity) {
    return print(Side.BUY, price, quantity);
  }

  public Market sell(String price, String quantity) {
    return print(Side.SELL, price, quantity);
  }

  private Market print(Side side, String price, String quantity) {
    trades.add(
        new Trade(
            BTC,
            nextId++,
            new BigDecimal(price).movePointRight(2).longValueExact(),
            new BigDecimal(quantity).movePointRight(3).longValueExact(),
            time,
            time,
            side,
            1,
            false,
            false));
    return this;
  }

  public long time() {
    return time;
  }

  public List<Trade> trades() {
    return trades;
  }

  /** The trades from a place on, without what the exchange skipped. */
  public static void feed(OrderFlowBatch batch, List<Trade> trades, int atOnce) {
    int from = 0;
    while (from < trades.size()) {
      int to = from + 1;
      while (to < trades.size()
          && to < from + atOnce
          && trades.get(to).id() == trades.get(to - 1).id() + 1) {
        to++;
      }
      batch.trades(new ListBatch(trades.subList(from, to)));
      if (to < trades.size() && trades.get(to).id() > trades.get(to - 1).id() + 1) {
        long first = trades.get(to - 1).id() + 1;
        long last = trades.get(to).id() - 1;
        batch.gap(new TradeGap(BTC, first, last, TradeGap.Cause.MISSING));
      }
      from = to;
    }
  }

  public static OrderFlowBatch metrics() {
    return new BatchComponent(Map.of());
  }

  /** What is behind the last dot of a list of trades is kept for ever. */
  public TradeHistory history() {
    return new ListHistory(trades);
  }

  /** Trades as a batch. */
  public record ListBatch(List<Trade> trades) implements TradeBatch {
    @Override
    public Instrument instrument() {
      return BTC;
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

  private record ListHistory(List<Trade> trades) implements TradeHistory {
    @Override
    public Instrument instrument() {
      return BTC;
    }

    @Override
    public TradeBatch latest(int count) {
      return new ListBatch(trades.subList(Math.max(0, trades.size() - count), trades.size()));
    }

    @Override
    public TradeBatch from(long firstId, int count) {
      return new ListBatch(trades.stream().filter(it -> it.id() >= firstId).limit(count).toList());
    }

    @Override
    public long size() {
      return trades.size();
    }

    @Override
    public long bytes() {
      return 0;
    }
  }
}
