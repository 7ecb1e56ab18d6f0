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
  private final List<TradeGap> gaps = new ArrayList<>();
  private long time = NOON_MICROS;
  private long nextId = 1;
  private long held = 1;

  public Market passSeconds(long seconds) {
    time += seconds * 1_000_000;
    return this;
  }

  /** Trades that nobody gets. */
  public Market skipIds(int count) {
    gaps.add(new TradeGap(BTC, nextId, nextId + count - 1, TradeGap.Cause.MISSING));
    return skipVoid(count);
  }

  /** Ids that are given to no trade. */
  public Market skipVoid(int count) {
    nextId += count;
    return this;
  }

  /** History holds nothing from before an id any more. */
  public Market dropBefore(long id) {
    held = id;
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

  /** Brings the trades from a place among them on, and what is missing between them. */
  public void feed(OrderFlowBatch batch, int place, int atOnce) {
    int from = place;
    while (from < trades.size()) {
      long ahead = from == 0 ? 0 : trades.get(from - 1).id() + 1;
      gapsOf(gaps, ahead, trades.get(from).id()).forEach(batch::gap);
      int to = from + 1;
      while (to < trades.size() && to < from + atOnce && gapAhead(to).isEmpty()) {
        to++;
      }
      batch.trades(new ListBatch(trades.subList(from, to)));
      from = to;
    }
  }

  private List<TradeGap> gapAhead(int place) {
    return gapsOf(gaps, trades.get(place - 1).id(), trades.get(place).id());
  }

  private static List<TradeGap> gapsOf(List<TradeGap> gaps, long firstId, long lastId) {
    return gaps.stream().filter(gap -> gap.lastId() >= firstId && gap.firstId() <= lastId).toList();
  }

  public static OrderFlowBatch metrics() {
    return new BatchComponent(Map.of());
  }

  /** What is held of the trades now. */
  public TradeHistory history() {
    return new ListHistory(trades.stream().filter(it -> it.id() >= held).toList(), gaps);
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

  private record ListHistory(List<Trade> trades, List<TradeGap> gaps) implements TradeHistory {
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
    public List<TradeGap> gaps(long firstId, long lastId) {
      return gapsOf(gaps, firstId, lastId);
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
