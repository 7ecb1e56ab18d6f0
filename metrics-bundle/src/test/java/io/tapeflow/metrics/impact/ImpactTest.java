package io.tapeflow.metrics.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.MetricContract;
import io.tapeflow.metrics.RealDay;
import io.tapeflow.metrics.T10;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImpactTest extends MetricContract {
  private static final double[] CHANGES = {1, -1, 2, 0, -2};
  private static final double[] NET = {4, -3, 7, 1, -6};
  private static final Instrument PLAIN = new Instrument("test", "X", 0, 0);

  @Override
  protected MetricFactory factory() {
    return new ImpactFactory(Map.of("bar", "2s", "bars", 20));
  }

  @Test
  void kyleVector() {
    assertThat(Fit.origin(NET, CHANGES, 5).slope()).isCloseTo(33.0 / 111, within(1e-15));
    assertThat(Fit.intercept(NET, CHANGES, 5).slope()).isCloseTo(0.302197802, within(1e-9));
    // Residual squares 10 - 33²/111 over 4 degrees of freedom, and their like with an intercept.
    double error = Math.sqrt((10 - 33.0 * 33 / 111) / 4 / 111);
    assertThat(Fit.origin(NET, CHANGES, 5).t()).isCloseTo(33.0 / 111 / error, within(1e-12));
    double xx = 111 - 9.0 / 5;
    double xy = 33.0;
    double other = Math.sqrt((10 - xy * xy / xx) / 3 / xx);
    assertThat(Fit.intercept(NET, CHANGES, 5).t()).isCloseTo(xy / xx / other, within(1e-12));
  }

  @Test
  void kyleVectorFromTrades() {
    CalculatorHarness market =
        new CalculatorHarness(new ImpactFactory(Map.of("bar", "1s", "bars", 5)), PLAIN);
    int price = 100;
    market.feed(T10.trade(PLAIN, 1, 0, price, 1, Side.BUY));
    for (int i = 0; i < 5; i++) {
      price += (int) CHANGES[i];
      Side side = NET[i] > 0 ? Side.BUY : Side.SELL;
      long size = (long) Math.abs(NET[i]);
      market.feed(T10.trade(PLAIN, i + 2, (i + 1) * 1_000L, price, size, side));
      assertThat(market.metric("impact.kyle.origin").status()).isEqualTo(MetricStatus.WARMING_UP);
    }
    market.feed(T10.trade(PLAIN, 7, 6_000, price, 1, Side.BUY));

    assertThat(market.real("impact.kyle.origin")).isCloseTo(33.0 / 111, within(1e-14));
    assertThat(market.real("impact.kyle.intercept")).isCloseTo(0.302197802198, within(1e-11));
    assertThat(market.metric("impact.kyle.origin").status()).isEqualTo(MetricStatus.OK);
    assertThat(market.metric("impact.kyle.origin").firstId()).isEqualTo(2);
  }

  @Test
  void rollSpreadOfABounceIsItsWidth() {
    // Up and down by 2: successive changes are -2·2 each, and the spread is about 2·2.
    double[] bounce = new double[1_001];
    for (int i = 0; i < bounce.length; i++) {
      bounce[i] = i % 2 == 0 ? 2 : -2;
    }
    assertThat(ImpactCalculator.roll(bounce)).isCloseTo(4, within(0.01));
    assertThat(ImpactCalculator.roll(new double[] {1, 1, 2, 2, 3})).isZero();
    assertThat(ImpactCalculator.roll(new double[] {1, -1})).isNaN();
  }

  /** A price that stands still is printed at bid and ask only: the range is the spread. */
  @Test
  void corwinSchultzFindsTheSpreadOfAPriceThatStandsStill() {
    double[] highs = {100.25, 100.25, 100.25};
    double[] lows = {99.75, 99.75, 99.75};
    assertThat(ImpactCalculator.corwinSchultz(highs, lows)).isCloseTo(0.005, within(1e-15));
    // A price that only moves has none, and nor has a single bar.
    assertThat(ImpactCalculator.corwinSchultz(new double[] {101, 103}, new double[] {100, 102}))
        .isZero();
    assertThat(ImpactCalculator.corwinSchultz(new double[] {101}, new double[] {100})).isNaN();
  }

  @Test
  void amihudIsTheMeanOfReturnsPerValue() {
    assertThat(ImpactCalculator.amihud(new double[] {0.01, -0.03}, new double[] {100, 50}))
        .isCloseTo((0.0001 + 0.0006) / 2, within(1e-18));
  }

  @Test
  void saysWhyThereIsNoLambda() {
    CalculatorHarness market =
        new CalculatorHarness(new ImpactFactory(Map.of("bar", "2t", "bars", 3)), PLAIN);
    for (int id = 1; id <= 8; id++) {
      market.feed(T10.trade(PLAIN, id, id, 100, 5, id % 2 == 0 ? Side.BUY : Side.SELL));
    }
    assertThat(market.metric("impact.kyle.origin").status()).isEqualTo(MetricStatus.NO_DATA);
    assertThat(market.metric("impact.kyle.origin").reason()).startsWith("Bought and sold volume");
    assertThat(market.metric("impact.amihud").status()).isEqualTo(MetricStatus.OK);
    assertThat(market.real("impact.amihud")).isZero();
  }

  /** Bars, sums and regressions made plainly, from the last 100 seconds with trades. */
  @ParameterizedTest
  @EnumSource(names = {"BTCUSDC_2025", "BTCUSDT_2019"})
  void aRealDay(RealDay day) {
    List<Trade> trades = day.trades();
    CalculatorHarness market =
        new CalculatorHarness(new ImpactFactory(Map.of()), day.instrument()).feed(trades);

    TreeMap<Long, List<Trade>> seconds = new TreeMap<>();
    long time = 0;
    for (Trade trade : trades) {
      time = Math.max(time, trade.timeMicros());
      seconds.computeIfAbsent(time / 1_000_000, second -> new ArrayList<>()).add(trade);
    }
    seconds.pollLastEntry();
    List<List<Trade>> bars = new ArrayList<>(seconds.values());
    double xx = 0;
    double xy = 0;
    double illiquidity = 0;
    double rr = 0;
    double ry = 0;
    double spread = 0;
    for (int i = bars.size() - 100; i < bars.size(); i++) {
      double before = close(bars.get(i - 1));
      double after = close(bars.get(i));
      double net = 0;
      double roots = 0;
      double value = 0;
      for (Trade trade : bars.get(i)) {
        double sign = trade.aggressor() == Side.BUY ? 1 : -1;
        double quantity = trade.quantityDecimal().doubleValue();
        double price = trade.priceDecimal().doubleValue();
        net += sign * quantity;
        roots += sign * Math.sqrt(price * quantity);
        value += price * quantity;
      }
      xx += net * net;
      xy += net * (after - before);
      rr += roots * roots;
      ry += roots * Math.log(after / before);
      illiquidity += Math.abs(Math.log(after / before)) / value / 100;
      if (i > bars.size() - 100) {
        spread += corwinSchultz(bars.get(i - 1), bars.get(i)) / 99;
      }
    }
    assertThat(market.real("impact.kyle.origin")).isCloseTo(xy / xx, within(1e-9 * xy / xx));
    assertThat(market.real("impact.hasbrouck")).isCloseTo(ry / rr, within(1e-9 * ry / rr));
    assertThat(market.real("impact.amihud")).isCloseTo(illiquidity, within(1e-9 * illiquidity));
    assertThat(market.real("impact.corwin.schultz")).isCloseTo(spread, within(1e-12));
    assertThat(market.real("impact.kyle.origin")).as("buying lifts the price").isPositive();
  }

  /** As published, in the letters of the paper. */
  private static double corwinSchultz(List<Trade> first, List<Trade> second) {
    List<Trade> both = new ArrayList<>(first);
    both.addAll(second);
    double beta = Math.pow(range(first), 2) + Math.pow(range(second), 2);
    double gamma = Math.pow(range(both), 2);
    double k = 3 - 2 * Math.sqrt(2);
    double alpha = (Math.sqrt(2 * beta) - Math.sqrt(beta)) / k - Math.sqrt(gamma / k);
    return Math.max(0, 2 * (Math.exp(alpha) - 1) / (1 + Math.exp(alpha)));
  }

  private static double range(List<Trade> bar) {
    double high = bar.stream().mapToLong(Trade::price).max().orElseThrow();
    double low = bar.stream().mapToLong(Trade::price).min().orElseThrow();
    return Math.log(high / low);
  }

  private static double close(List<Trade> bar) {
    return bar.get(bar.size() - 1).priceDecimal().doubleValue();
  }
}
