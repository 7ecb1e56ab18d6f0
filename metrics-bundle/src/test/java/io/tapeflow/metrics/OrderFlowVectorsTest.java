package io.tapeflow.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The worked vectors of the definitions: ten trades, known as T10. */
class OrderFlowVectorsTest {
  private static final Instrument INSTRUMENT = new Instrument("test", "T10", 0, 0);
  private static final long[][] T10 = {
    // id, ms, price, quantity, buyer is maker
    {1, 0, 100, 2, 0},
    {2, 100, 100, 1, 1},
    {3, 200, 101, 3, 0},
    {4, 350, 101, 1, 1},
    {5, 600, 102, 6, 0},
    {6, 900, 101, 4, 1},
    {7, 1100, 100, 5, 1},
    {8, 1500, 99, 2, 1},
    {9, 1800, 100, 1, 0},
    {10, 2400, 101, 3, 0},
  };

  private final TestMarket market =
      new TestMarket(INSTRUMENT, Instant.EPOCH, Map.of("windows.seconds", "1,2,3"));

  @Test
  void sumsSinceTheStart() {
    play();
    assertThat(market.value("volume.buy.start")).isEqualTo(number("15"));
    assertThat(market.value("volume.sell.start")).isEqualTo(number("13"));
    assertThat(market.value("cvd.start")).isEqualTo(number("2"));
    assertThat(market.value("cvd.max.start")).isEqualTo(number("9"));
    assertThat(market.value("cvd.min.start")).isEqualTo(number("-2"));
    assertThat(market.value("trades.start")).isEqualTo(number("10"));
    assertThat(market.value("vwap.start")).isEqualTo(number("100.75"));
    assertThat(market.value("price.last")).isEqualTo(number("101"));
    assertThat(market.snapshot().lastTradeId()).isEqualTo(10);
    assertThat(market.snapshot().asOf()).isEqualTo(Instant.ofEpochMilli(2400));
  }

  @Test
  void theRunningDeltaTakesThePath() {
    List<Object> path = new ArrayList<>();
    for (Trade trade : trades()) {
      advanceTo(trade);
      market.print(trade);
      path.add(market.value("cvd.start"));
    }
    assertThat(path)
        .containsExactly(
            number("2"),
            number("1"),
            number("4"),
            number("3"),
            number("9"),
            number("5"),
            number("0"),
            number("-2"),
            number("-1"),
            number("2"));
  }

  @Test
  void oneSecondHoldsTheLastThreeTrades() {
    play();
    assertThat(market.value("rate.1s")).isEqualTo(number("3"));
    assertThat(market.value("trades.1s")).isEqualTo(number("3"));
    assertThat(market.value("volume.1s")).isEqualTo(number("6"));
    assertThat(market.value("volume.buy.1s")).isEqualTo(number("4"));
    assertThat(market.value("volume.sell.1s")).isEqualTo(number("2"));
    assertThat(market.value("delta.1s")).isEqualTo(number("2"));
    assertThat(market.value("value.buy.1s")).isEqualTo(number("403"));
    assertThat(market.value("value.sell.1s")).isEqualTo(number("198"));
    assertThat(market.value("delta.value.1s")).isEqualTo(number("205"));
    assertThat(market.value("trades.buy.1s")).isEqualTo(number("2"));
    assertThat(market.value("trades.sell.1s")).isEqualTo(number("1"));
    assertThat(market.value("pressure.1s")).isEqualTo(number("2"));
    assertThat(market.value("imbalance.1s")).isEqualTo(number("0.3333333333333333"));
    assertThat(market.value("dominant.1s")).isEqualTo("BUY");
    assertThat(market.value("vwap.1s")).isEqualTo(number("100.1666666666667"));
    assertThat(market.metric("rate.1s").status()).isEqualTo(MetricStatus.OK);
    assertThat(market.metric("rate.2s").status()).isEqualTo(MetricStatus.OK);
    assertThat(market.metric("rate.3s").status()).isEqualTo(MetricStatus.WARMING_UP);
  }

  /** Half open: the trade at the window's start is out, the one at its end is in. */
  @Test
  void aWindowHasItsEndButNotItsStart() {
    play();
    market.clock.advanceMillis(100);
    assertThat(market.value("trades.1s")).as("(1500, 2500]").isEqualTo(number("2"));
    market.clock.advanceMillis(900);
    assertThat(market.value("trades.1s")).as("(2400, 3400]").isEqualTo(number("0"));
  }

  private void play() {
    for (Trade trade : trades()) {
      advanceTo(trade);
      market.print(trade);
    }
  }

  private void advanceTo(Trade trade) {
    market.clock.advanceMillis((trade.timeMicros() - market.clock.wallMicros()) / 1_000);
  }

  private static List<Trade> trades() {
    List<Trade> trades = new ArrayList<>();
    for (long[] row : T10) {
      long micros = row[1] * 1_000;
      Side side = row[4] == 1 ? Side.SELL : Side.BUY;
      trades.add(
          new Trade(INSTRUMENT, row[0], row[2], row[3], micros, micros, side, 1, false, false));
    }
    return trades;
  }

  private static BigDecimal number(String number) {
    return new BigDecimal(number);
  }
}
