package io.tapeflow.metrics.cvd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.T10;
import io.tapeflow.metrics.TradeMix;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CvdTest {
  private static final long DAY = TimeUnit.DAYS.toMillis(1);

  @Test
  void barsOfTheTenTrades() {
    CalculatorHarness harness = harness(Map.of("bars", "1s,10t")).feed(T10.trades());
    assertBar(harness, "bar1s", "5", "5", "-2", "-1");
    assertBar(harness, "bar10t", "0", "9", "-2", "2");
    assertBar(harness, "forming.bar1s", "-1", "2", "-1", "2");
    assertThat(harness.value("cvd.open.forming.bar10t")).isNull();

    CalculatorHarness early = harness(Map.of("bars", "1s")).feed(T10.trades().subList(0, 7));
    assertBar(early, "bar1s", "0", "9", "0", "5");
    assertBar(early, "forming.bar1s", "5", "5", "0", "0");
  }

  /** The path is 2 1 4 3 9 5 at 1 s and -1 at 2 s. */
  @Test
  void windowsAndAnchorsOfTheTenTrades() {
    CalculatorHarness harness =
        harness(Map.of("windows.seconds", "1,2,9", "anchors", "1970-01-01T00:00:01Z"))
            .feed(T10.trades());
    assertThat(harness.number("cvd.rolling.1s")).isEqualByComparingTo("2");
    assertThat(harness.real("cvd.ratio.rolling.1s")).isCloseTo(2 / 6.0, within(1e-15));
    assertThat(harness.number("cvd.rolling.2s")).isEqualByComparingTo("-1");
    assertThat(harness.metric("cvd.rolling.9s").status()).isEqualTo(MetricStatus.WARMING_UP);
    assertThat(harness.number("cvd.19700101T000001Z")).isEqualByComparingTo("-3");
    assertThat(harness.metric("cvd.19700101T000001Z").status()).isEqualTo(MetricStatus.OK);
    assertThat(harness.real("cvd.ratio.session")).isCloseTo(2 / 28.0, within(1e-15));
    assertThat(harness.number("cvd.session")).isEqualByComparingTo("2");
    assertThat(harness.number("volume.session")).isEqualByComparingTo("28");
    assertThat(harness.infos()).doesNotContainKey("cvd.start");
  }

  @Test
  void aRollingCvdFallsToNothingAndItsRatioIsThenNone() {
    CalculatorHarness harness = harness(Map.of("windows.seconds", "1")).feed(T10.trades());
    harness.passes(Duration.ofSeconds(1));
    assertThat(harness.number("cvd.rolling.1s")).isEqualByComparingTo("0");
    assertThat(harness.value("cvd.ratio.rolling.1s")).isNull();
  }

  @Test
  void slopeOverSecondsCarriesTheLastValueForward() {
    CalculatorHarness harness = harness(Map.of("slope.seconds", "4"));
    long[] deltas = {5, -5, -2, 1, 3};
    for (int i = 0; i < deltas.length; i++) {
      Side side = deltas[i] > 0 ? Side.BUY : Side.SELL;
      harness.feed(print(i + 1, i * 1_000L, Math.abs(deltas[i]), side));
    }
    // At 0 to 4 s: 5, 0, -2, -1, 2, the worked vector.
    assertThat(harness.real("cvd.slope.4s")).isCloseTo(-0.7, within(1e-14));
    assertThat(harness.real("cvd.slope.r2.4s")).isCloseTo(7 / 44.0, within(1e-14));
    assertThat(harness.value("cvd.slope.direction.4s")).isEqualTo("FLAT");
    assertThat(harness.real("cvd.slope.normalised.4s")).isCloseTo(-0.7 / (11 / 4.0), within(1e-14));
    assertThat(harness.metric("cvd.slope.4s").status()).isEqualTo(MetricStatus.OK);

    harness.passes(Duration.ofSeconds(4));
    assertThat(harness.real("cvd.slope.4s")).as("2 carried forward").isZero();
    assertThat(harness.value("cvd.slope.normalised.4s")).isNull();
    assertThat(harness.value("cvd.slope.direction.4s")).isEqualTo("FLAT");
  }

  @Test
  void slopeOverBarsIsThatOfTheirCloses() {
    CalculatorHarness harness = harness(Map.of("bars", "1t", "slope.bars", "5"));
    long[] deltas = {5, -5, -2, 1, 3};
    for (int i = 0; i < deltas.length; i++) {
      assertThat(harness.metric("cvd.slope.bar1t").status()).isNotEqualTo(MetricStatus.OK);
      Side side = deltas[i] > 0 ? Side.BUY : Side.SELL;
      harness.feed(print(i + 1, i, Math.abs(deltas[i]), side));
    }
    assertThat(harness.real("cvd.slope.bar1t")).isCloseTo(-0.7, within(1e-14));
    assertThat(harness.real("cvd.slope.r2.bar1t")).isCloseTo(7 / 44.0, within(1e-14));
    assertThat(harness.real("cvd.slope.t.bar1t")).isCloseTo(-0.7534, within(1e-4));
    assertThat(harness.metric("cvd.slope.bar1t").status()).isEqualTo(MetricStatus.OK);
    for (int i = 5; i < 10; i++) {
      harness.feed(print(i + 1, i, 1, Side.BUY));
    }
    assertThat(harness.real("cvd.slope.bar1t")).isEqualTo(1);
    assertThat(harness.value("cvd.slope.t.bar1t")).as("infinite").isNull();
    assertThat(harness.value("cvd.slope.direction.bar1t")).isEqualTo("UP");
  }

  /** The CVD of bars begins anew at midnight; the slope does not see that. */
  @Test
  void midnightResetsBarsButNotTheirSlope() {
    CalculatorHarness harness = harness(Map.of("bars", "60s", "slope.bars", "5"));
    for (int i = 0; i < 7; i++) {
      harness.feed(print(i + 1, DAY - 180_000 + i * 60_000L, 10, Side.BUY));
    }
    // Closed are three bars of the old day and three of the new one.
    assertBar(harness, "bar60s", "20", "30", "20", "30");
    MetricValue close = harness.metric("cvd.close.bar60s");
    assertThat(close.status()).isEqualTo(MetricStatus.OK);
    assertThat(close.firstId()).isEqualTo(4);
    assertThat(harness.real("cvd.slope.bar60s")).isEqualTo(10);

    CalculatorHarness through =
        harness(Map.of("bars", "60s", "bars.anchor", "none", "slope.bars", "5"));
    for (int i = 0; i < 7; i++) {
      through.feed(print(i + 1, DAY - 180_000 + i * 60_000L, 10, Side.BUY));
    }
    assertBar(through, "bar60s", "50", "60", "50", "60");
  }

  @Test
  void tiersAreByTheWholeOrder() {
    Instrument btc = new Instrument("test", "BTCUSDT", 0, 0);
    CalculatorHarness harness = new CalculatorHarness(new CvdFactory(Map.of()), btc);
    harness.feed(T10.trade(btc, 1, 0, 30_000, 1, Side.BUY));
    harness.feed(T10.trade(btc, 2, 1, 30_000, 1, Side.SELL));
    harness.feed(T10.trade(btc, 3, 1, 29_999, 1, Side.SELL));
    assertThat(harness.number("cvd.tier.under50k.session")).isEqualByComparingTo("1");
    assertThat(harness.number("cvd.tier.50k.session")).isEqualByComparingTo("-2");
    harness.feed(T10.trade(btc, 4, 2, 30_000, 400, Side.BUY));
    assertThat(harness.number("cvd.tier.10m.session")).isEqualByComparingTo("400");
    assertThat(harness.number("cvd.tier.50k.session")).isEqualByComparingTo("-2");
    harness.passes(Duration.ofDays(1));
    assertThat(harness.number("cvd.tier.10m.session")).isEqualByComparingTo("0");

    CalculatorHarness cross = harness(Map.of()).feed(T10.trades()).passes(Duration.ofDays(1));
    assertThat(cross.metric("cvd.tier.50k.session").reason()).contains("not quoted in a stable");
  }

  @Property(tries = 80)
  void tiersBarsAndWindowsAgreeWithAPlainSum(
      @ForAll TradeMix mix, @ForAll @LongRange(min = 1, max = 1_000_000) long seed) {
    CalculatorHarness harness =
        new CalculatorHarness(
            new CvdFactory(
                Map.of(
                    "windows.seconds", "3",
                    "bars", "7t",
                    "bars.anchor", "NONE",
                    "quotes.stable", "LY,ET,ES,ED,CE,ME,DS,PS")),
            mix.instrument());
    List<Trade> trades = mix.trades(210, seed);
    harness.feed(trades);
    BigDecimal all = BigDecimal.ZERO;
    BigDecimal late = BigDecimal.ZERO;
    BigDecimal today = BigDecimal.ZERO;
    long time = 0;
    long now = harness.nowMicros();
    long midnight = Math.floorDiv(now, DAY * 1_000) * DAY * 1_000;
    for (Trade trade : trades) {
      time = Math.max(time, trade.timeMicros());
      BigDecimal signed =
          trade.quantityDecimal().multiply(BigDecimal.valueOf(trade.aggressor().sign()));
      all = all.add(signed);
      late = time > now - 3_000_000 ? late.add(signed) : late;
      today = time >= midnight ? today.add(signed) : today;
    }
    BigDecimal tiers =
        harness.infos().keySet().stream()
            .filter(name -> name.startsWith("cvd.tier."))
            .map(harness::number)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(harness.number("cvd.rolling.3s")).isEqualByComparingTo(late);
    assertThat(harness.number("cvd.close.bar7t")).isEqualByComparingTo(all);
    assertThat(tiers).isEqualByComparingTo(today);
  }

  private static void assertBar(
      CalculatorHarness harness, String scope, String open, String high, String low, String close) {
    assertThat(harness.number("cvd.open." + scope)).isEqualByComparingTo(open);
    assertThat(harness.number("cvd.high." + scope)).isEqualByComparingTo(high);
    assertThat(harness.number("cvd.low." + scope)).isEqualByComparingTo(low);
    assertThat(harness.number("cvd.close." + scope)).isEqualByComparingTo(close);
  }

  private static Trade print(long id, long millis, long quantity, Side side) {
    return T10.trade(T10.INSTRUMENT, id, millis, 100, quantity, side);
  }

  private static CalculatorHarness harness(Map<String, Object> properties) {
    return new CalculatorHarness(new CvdFactory(properties), T10.INSTRUMENT);
  }
}
