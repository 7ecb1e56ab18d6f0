package io.tapeflow.metrics.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.MetricContract;
import io.tapeflow.metrics.T10;
import io.tapeflow.metrics.TradeMix;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuctionFamilyTest extends MetricContract {
  @Override
  protected MetricFactory factory() {
    return new AuctionFamily(Map.of("bars", "1s,1s-carry,40t"));
  }

  @Test
  void theTenTrades() {
    CalculatorHarness harness = harness(Map.of("bars", "10t")).feed(T10.trades());
    // 102: 0x6, 101: 5x6, 100: 6x3, 99: 2x0
    assertThat(harness.value("auction.high.bar10t")).isEqualTo("FINISHED");
    assertThat(harness.value("auction.low.bar10t")).isEqualTo("FINISHED");
    assertThat(harness.number("auction.ratio.high.bar10t")).isEqualByComparingTo("1");
    assertThat(harness.number("auction.ratio.low.bar10t")).isEqualByComparingTo("3");
    assertThat(harness.value("auction.ratio.low.kind.bar10t")).isEqualTo("NEUTRAL");
    assertThat(harness.value("auction.precision.bar10t")).isEqualTo("EXACT");
  }

  @Test
  void anAuctionIsUnfinishedIfBothSidesTradedAtTheExtreme() {
    CalculatorHarness harness = harness(Map.of("bars", "4t"));
    harness.feed(T10.trades().subList(0, 4));
    // 101: 1x3, 100: 1x2
    assertThat(harness.value("auction.high.bar4t")).isEqualTo("UNFINISHED");
    assertThat(harness.value("auction.low.bar4t")).isEqualTo("UNFINISHED");
    CalculatorHarness filtered = harness(Map.of("bars", "4t", "filter.high", 3, "filter.low", 1));
    filtered.feed(T10.trades().subList(0, 4));
    assertThat(filtered.value("auction.high.bar4t")).isEqualTo("FINISHED");
    assertThat(filtered.value("auction.low.bar4t")).isEqualTo("FINISHED");
  }

  @Test
  void aRatioToNothingIsNone() {
    CalculatorHarness harness = harness(Map.of("bars", "1t"));
    harness.feed(T10.trade(T10.INSTRUMENT, 1, 0, 100, 5, Side.BUY));
    assertThat(harness.metric("auction.ratio.low.bar1t").status()).isEqualTo(MetricStatus.NO_DATA);
    assertThat(harness.metric("auction.ratio.low.bar1t").reason())
        .isEqualTo("Nothing was sold at the low");
    assertThat(harness.number("auction.ratio.high.bar1t")).isEqualByComparingTo("0");
    assertThat(harness.value("auction.ratio.high.kind.bar1t")).isEqualTo("LOW");
  }

  @Test
  void coarserRowsAreSaidToBeApproximate() {
    CalculatorHarness harness = harness(Map.of("bars", "10t", "row.ticks", 2)).feed(T10.trades());
    assertThat(harness.value("auction.precision.bar10t")).isEqualTo("APPROXIMATE");
    assertThat(harness.number("auction.row.bar10t")).isEqualByComparingTo("2");
  }

  /** The few rows kept say the same as a whole footprint does. */
  @ParameterizedTest
  @EnumSource(names = {"LIVELY", "TINY_PRICES", "ONE_SIDED", "BACKWARDS", "JUMPS"})
  void extremesAreThoseOfTheWholeFootprint(TradeMix mix) {
    for (int bar = 0; bar < 100; bar++) {
      List<Trade> trades = mix.trades(30, bar);
      Extremes extremes = new Extremes();
      Ladder ladder = new Ladder(Integer.MAX_VALUE);
      long row = mix == TradeMix.JUMPS ? 10_000_000 : 1;
      ladder.begin(row);
      extremes.begin(row, trades.get(0).price());
      for (Trade trade : trades) {
        boolean buy = trade.aggressor() == Side.BUY;
        extremes.add(trade.price(), trade.quantity(), buy);
        ladder.add(trade.price(), trade.quantity(), buy, true);
      }
      int top = ladder.size() - 1;
      assertThat(extremes.buy(Extremes.Row.HIGH, 0)).isEqualTo(ladder.buy(top, 0));
      assertThat(extremes.sell(Extremes.Row.HIGH, 0)).isEqualTo(ladder.sell(top, 0));
      assertThat(extremes.buy(Extremes.Row.LOW, 0)).isEqualTo(ladder.buy(0, 0));
      assertThat(extremes.sell(Extremes.Row.LOW, 0)).isEqualTo(ladder.sell(0, 0));
      if (top > 0) {
        assertThat(extremes.buy(Extremes.Row.BELOW_HIGH, 0)).isEqualTo(ladder.buy(top - 1, 0));
        assertThat(extremes.sell(Extremes.Row.ABOVE_LOW, 0)).isEqualTo(ladder.sell(1, 0));
      }
    }
  }

  private static CalculatorHarness harness(Map<String, Object> settings) {
    return new CalculatorHarness(new AuctionFamily(settings), T10.INSTRUMENT);
  }
}
