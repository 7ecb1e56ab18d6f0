package io.tapeflow.metrics.ratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.RealDay;
import io.tapeflow.metrics.hawkes.HawkesFactory;
import io.tapeflow.metrics.speed.SpeedFactory;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ratios, rates and intensities through a whole day, against plain sums over its trades. */
class RatesOfARealDayTest {
  private static final int APART = 4_999;
  private static final double[] HALF_LIVES = {0.1, 1, 10};

  @ParameterizedTest
  @EnumSource
  void ratiosRatesAndIntensities(RealDay day) {
    List<Trade> trades = day.trades();
    CalculatorHarness ratio = new CalculatorHarness(new RatioFactory(Map.of()), day.instrument());
    CalculatorHarness speed = new CalculatorHarness(new SpeedFactory(Map.of()), day.instrument());
    CalculatorHarness hawkes = new CalculatorHarness(new HawkesFactory(Map.of()), day.instrument());
    long[] times = new long[trades.size()];
    for (int i = 0; i < trades.size(); i++) {
      times[i] = Math.max(i == 0 ? 0 : times[i - 1], trades.get(i).timeMicros());
    }
    int done = 0;
    for (int last = APART; last < trades.size(); last += APART) {
      List<Trade> next = trades.subList(done, last + 1);
      ratio.feed(next);
      speed.feed(next);
      hawkes.feed(next);
      done = last + 1;
      List<Trade> past = trades.subList(0, last + 1);
      for (int seconds : new int[] {10, 60}) {
        assertRatios(ratio, latest(past, times, seconds), seconds);
      }
      for (int seconds : new int[] {1, 15, 60}) {
        assertRates(speed, latest(past, times, seconds), seconds);
      }
      assertIntensities(hawkes, past, times);
    }
  }

  private static void assertRatios(CalculatorHarness ratio, List<Trade> window, int seconds) {
    double bought = sum(window, trade -> buys(trade) ? quantity(trade) : 0);
    double volume = sum(window, RatesOfARealDayTest::quantity);
    double buys = sum(window, trade -> buys(trade) ? 1 : 0);
    String scope = "." + seconds + "s";
    assertThat(ratio.real("ratio.aggressor" + scope)).isCloseTo(bought / volume, within(1e-9));
    assertThat(ratio.real("ratio.imbalance" + scope))
        .isCloseTo(2 * bought / volume - 1, within(1e-9));
    assertThat(ratio.real("ratio.aggressor.trades" + scope))
        .isCloseTo(buys / window.size(), within(1e-12));
    assertThat(ratio.real("ratio.imbalance.trades" + scope))
        .isCloseTo(2 * buys / window.size() - 1, within(1e-12));
  }

  private static void assertRates(CalculatorHarness speed, List<Trade> window, int seconds) {
    String scope = "." + seconds + "s";
    double volume = sum(window, RatesOfARealDayTest::quantity);
    double bought = sum(window, trade -> buys(trade) ? quantity(trade) : 0);
    assertThat(speed.real("speed.trades" + scope) * seconds).isCloseTo(window.size(), within(1e-9));
    assertThat(speed.real("speed.volume" + scope) * seconds)
        .isCloseTo(volume, within(1e-9 * volume));
    assertThat(speed.real("speed.buy" + scope) * seconds).isCloseTo(bought, within(1e-9 * volume));
  }

  /** The sum over all trades before, each faded by the time since: no recursion. */
  private static void assertIntensities(CalculatorHarness hawkes, List<Trade> past, long[] times) {
    long now = times[past.size() - 1];
    for (double halfLife : HALF_LIVES) {
      double buying = 0;
      double selling = 0;
      for (int i = past.size() - 1; i >= 0 && now - times[i] < 40L * 300_000_000; i--) {
        double age = (now - times[i]) / 1e6;
        double base = 0.2 * faded(age, 300);
        double excited = 0.8 * faded(age, halfLife);
        if (buys(past.get(i))) {
          buying += base + excited;
        } else {
          selling += base + excited;
        }
      }
      String label = halfLife < 1 ? "100ms" : (int) halfLife + "s";
      assertThat(hawkes.real("hawkes.buy." + label)).isCloseTo(buying, within(1e-6 * buying));
      assertThat(hawkes.real("hawkes.sell." + label)).isCloseTo(selling, within(1e-6 * selling));
    }
  }

  private static double faded(double age, double halfLife) {
    double beta = Math.log(2) / halfLife;
    return beta * Math.exp(-beta * age);
  }

  /** The trades of the last seconds, the moment at which they begin not included. */
  private static List<Trade> latest(List<Trade> past, long[] times, int seconds) {
    int first = past.size();
    long from = times[past.size() - 1] - seconds * 1_000_000L;
    while (first > 0 && times[first - 1] > from) {
      first--;
    }
    return past.subList(first, past.size());
  }

  private static double sum(List<Trade> trades, ToDoubleFunction<Trade> of) {
    return trades.stream().mapToDouble(of).sum();
  }

  private static boolean buys(Trade trade) {
    return trade.aggressor() == Side.BUY;
  }

  private static double quantity(Trade trade) {
    return trade.quantityDecimal().doubleValue();
  }
}
