package io.tapeflow.metrics.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.T10;
import io.tapeflow.metrics.TradeMix;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SpeedTest {
  private static final Map<String, Object> DEFAULTS = Map.of();

  @Test
  void ratesOfTheTenTrades() {
    CalculatorHarness harness = harness(Map.of("windows.seconds", "1,2,15")).feed(T10.trades());
    assertThat(harness.number("speed.trades.1s")).isEqualByComparingTo("3");
    assertThat(harness.number("speed.volume.1s")).isEqualByComparingTo("6");
    assertThat(harness.number("speed.buy.1s")).isEqualByComparingTo("4");
    assertThat(harness.number("speed.sell.1s")).isEqualByComparingTo("2");
    assertThat(harness.number("speed.value.1s")).isEqualByComparingTo("601");
    assertThat(harness.number("speed.trades.2s")).isEqualByComparingTo("3");
    assertThat(harness.metric("speed.trades.15s").status()).isEqualTo(MetricStatus.WARMING_UP);
    assertThat(harness.value("speed.trades.15s")).isNull();
  }

  @Test
  void ratesFallToNothingInASilence() {
    CalculatorHarness harness = harness(Map.of("windows.seconds", "1")).feed(T10.trades());
    harness.passes(Duration.ofSeconds(1));
    assertThat(harness.number("speed.trades.1s")).isEqualByComparingTo("0");
  }

  @Test
  void theMovingRateDecaysBetweenTrades() {
    CalculatorHarness harness = harness(Map.of("ewma.seconds", "2"));
    steady(harness, 0, 60_000, 100);
    assertThat(harness.real("speed.ewma.2s")).isCloseTo(10, within(0.3));
    double silentSince = harness.real("speed.ewma.2s");
    harness.passes(Duration.ofSeconds(2));
    assertThat(harness.real("speed.ewma.2s")).isCloseTo(silentSince / Math.E, within(1e-9));
    harness.passes(Duration.ofMinutes(5));
    assertThat(harness.real("speed.ewma.2s")).isLessThan(1e-9);
  }

  @Test
  void theMovingRateFollowsItsRecursion() {
    CalculatorHarness harness = harness(Map.of("ewma.seconds", "1")).feed(T10.trades());
    double rate = 0;
    double last = 0;
    for (Trade trade : T10.trades()) {
      double seconds = trade.timeMicros() / 1e6;
      rate = rate * Math.exp(last - seconds) + 1;
      last = seconds;
    }
    assertThat(harness.real("speed.ewma.1s")).isCloseTo(rate, within(1e-12));
  }

  @Test
  void accelerationComparesASecondWithAMinute() {
    CalculatorHarness harness = harness(DEFAULTS);
    long id = steady(harness, 0, 60_000, 1_000);
    assertThat(harness.real("speed.acceleration.60s")).isEqualTo(1);
    for (int i = 1; i <= 9; i++) {
      harness.feed(trade(id + i, 60_000 + i, 1));
    }
    assertThat(harness.real("speed.acceleration.60s")).isCloseTo(10 * 60 / 69.0, within(1e-12));
  }

  /** Ten of each second's trades before; a burst of 60 stands out, one of 10 does not. */
  @Test
  void aBurstStandsOutOfTheSecondsBeforeIt() {
    CalculatorHarness harness = harness(DEFAULTS);
    long id = 0;
    for (int second = 0; second < 302; second++) {
      int count = second % 2 == 0 ? 8 : 12;
      for (int i = 0; i < count; i++) {
        harness.feed(trade(++id, second * 1_000L + 10 + i, 1));
      }
    }
    harness.passes(Duration.ofMillis(1_000 - (harness.nowMicros() / 1_000) % 1_000));
    assertThat(harness.metric("speed.burst.300s").status()).isEqualTo(MetricStatus.OK);
    assertThat(harness.real("speed.burst.300s")).isCloseTo(1, within(0.01));
    for (int i = 0; i < 60; i++) {
      harness.feed(trade(++id, 302_500, 1));
    }
    harness.passes(Duration.ofMillis(500));
    // The mean before is 10 and the deviation 2: (60 - 10) / 2, less what 300 samples are short of.
    assertThat(harness.real("speed.burst.300s")).isCloseTo(25, within(0.1));
  }

  @Test
  void aSpikeIsMeasuredAgainstTheTimeBeforeIt() {
    CalculatorHarness harness = harness(DEFAULTS);
    long id = steady(harness, 0, 400_000, 1_000);
    assertThat(harness.number("speed.spike.10s")).isEqualByComparingTo("1");
    assertThat(harness.metric("speed.spike.10s").status()).isEqualTo(MetricStatus.OK);
    harness.feed(trade(id + 1, 400_000, 20));
    assertThat(harness.number("speed.spike.10s")).isEqualByComparingTo("3");
  }

  @Property(tries = 100)
  void ratesAreThoseOfTheTradesOfTheWindow(
      @ForAll TradeMix mix, @ForAll @LongRange(min = 1, max = 1_000_000) long seed) {
    CalculatorHarness harness =
        new CalculatorHarness(new SpeedFactory(Map.of("windows.seconds", "2")), mix.instrument());
    List<Trade> trades = mix.trades(200, seed);
    harness.feed(trades).passes(Duration.ofMillis(seed % 1_000));
    long from = harness.nowMicros() - 2_000_000;
    if (trades.get(0).timeMicros() > from) {
      assertThat(harness.value("speed.trades.2s")).isNull();
      return;
    }
    BigDecimal bought = BigDecimal.ZERO;
    long count = 0;
    long time = 0;
    for (Trade trade : trades) {
      time = Math.max(time, trade.timeMicros());
      count += time > from ? 1 : 0;
      bought =
          time > from && trade.aggressor() == Side.BUY
              ? bought.add(trade.quantityDecimal())
              : bought;
    }
    BigDecimal two = BigDecimal.valueOf(2);
    assertThat(harness.number("speed.trades.2s").multiply(two)).isEqualByComparingTo(count + "");
    assertThat(harness.number("speed.buy.2s").multiply(two).doubleValue())
        .isCloseTo(bought.doubleValue(), within(1e-12 * bought.doubleValue()));
  }

  /** One trade of 1 at each step, from a time to another, both included; returns the last id. */
  static long steady(CalculatorHarness harness, long from, long to, long step) {
    long id = 0;
    for (long at = from; at <= to; at += step) {
      harness.feed(trade(++id, at, 1));
    }
    return id;
  }

  private static Trade trade(long id, long millis, long quantity) {
    return T10.trade(T10.INSTRUMENT, id, millis, 100, quantity, Side.BUY);
  }

  private static CalculatorHarness harness(Map<String, Object> properties) {
    return new CalculatorHarness(new SpeedFactory(properties), T10.INSTRUMENT);
  }
}
