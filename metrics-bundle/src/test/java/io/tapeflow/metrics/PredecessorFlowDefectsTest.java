package io.tapeflow.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.metrics.cvd.CvdFactory;
import io.tapeflow.metrics.divergence.DivergenceFactory;
import io.tapeflow.metrics.large.LargeFactory;
import io.tapeflow.metrics.speed.SpeedFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the system before this one got wrong of CVD, divergence, spikes and whales, one by one. */
class PredecessorFlowDefectsTest {
  private static final Instrument DOGE = new Instrument("test", "DOGEUSDT", 5, 0);

  private long id;

  /** It kept 60 s of trades, and cut windows of 300 s to that without a word. */
  @Test
  void aWindowOfFiveMinutesIsFiveMinutesLong() {
    CalculatorHarness harness = harness(new CvdFactory(Map.of("windows.seconds", "300")));
    print(harness, 0, 5, Side.BUY);
    print(harness, 1_000, 7, Side.BUY);
    print(harness, 299_999, 1, Side.SELL);
    assertThat(harness.number("cvd.rolling.300s")).isEqualByComparingTo("11");
    MetricValue early = harness.metric("cvd.rolling.300s");
    assertThat(early.status()).isEqualTo(MetricStatus.WARMING_UP);
    assertThat(early.reason()).isEqualTo("Covers 299.9 of 300 s");
    print(harness, 300_000, 1, Side.SELL);
    assertThat(harness.number("cvd.rolling.300s")).isEqualByComparingTo("5");
    assertThat(harness.metric("cvd.rolling.300s").status()).isEqualTo(MetricStatus.OK);
  }

  /** Its CVD was summed anew from what was at hand whenever it was asked for. */
  @Test
  void cvdGoesOnHoweverOftenItIsAskedForAndHoweverOldItsBeginningIs() {
    CalculatorHarness harness =
        harness(new CvdFactory(Map.of("anchors", "1970-01-01T00:00:01Z", "bars.anchor", "NONE")));
    print(harness, 0, 1, Side.BUY);
    BigDecimal expected = BigDecimal.ZERO;
    for (int minute = 1; minute <= 120; minute++) {
      print(harness, minute * 60_000L, 3, Side.BUY);
      expected = expected.add(BigDecimal.valueOf(3));
      assertThat(harness.number("cvd.19700101T000001Z")).isEqualByComparingTo(expected);
      assertThat(harness.number("cvd.19700101T000001Z")).isEqualByComparingTo(expected);
    }
    assertThat(harness.number("cvd.close.bar60s")).as("1 and 119 x 3").isEqualByComparingTo("358");
  }

  /** It drew the slope of CVD through two bars, which fit any line. */
  @Test
  void aSlopeOfTwoBarsIsNone() {
    CalculatorHarness harness = harness(new CvdFactory(Map.of("bars", "1t")));
    print(harness, 0, 1, Side.BUY);
    print(harness, 1, 1, Side.BUY);
    assertThat(harness.value("cvd.slope.bar1t")).isNull();
    assertThat(harness.value("cvd.slope.direction.bar1t")).isNull();
    for (int i = 2; i < 19; i++) {
      print(harness, i, 1, Side.BUY);
      MetricValue direction = harness.metric("cvd.slope.direction.bar1t");
      assertThat(direction.status()).as("after %s", direction).isNotEqualTo(MetricStatus.OK);
    }
    print(harness, 19, 1, Side.BUY);
    assertThat(harness.value("cvd.slope.direction.bar1t")).isEqualTo("UP");
    assertThat(harness.metric("cvd.slope.direction.bar1t").status()).isEqualTo(MetricStatus.OK);
  }

  /** Its divergence needed more bars than it ever kept, so it never spoke. */
  @Test
  void pivotsAsFarApartAsIsAllowedAreStillCompared() {
    assertThat(pivots(60).value("divergence.pivot.bar2t")).isEqualTo("BEAR");
    assertThat(pivots(61).value("divergence.pivot.bar2t")).as("too far apart").isEqualTo("NONE");
  }

  /** Its spike compared ten seconds with a minute that was not there yet: always exactly 6.0. */
  @Test
  void volumeDoesNotSpikeBecauseTheRecordBegins() {
    CalculatorHarness harness = harness(new SpeedFactory(Map.of()));
    for (int i = 0; i < 400; i++) {
      print(harness, i * 1_000L, 2, Side.BUY);
      MetricValue spike = harness.metric("speed.spike.10s");
      if (i < 20) {
        assertThat(spike.value()).as("after %s s", i).isNull();
      } else {
        assertThat(((BigDecimal) spike.value()).doubleValue())
            .as("after %s s", i)
            .isBetween(0.9, 1.1);
      }
      MetricStatus expected = i < 310 ? MetricStatus.WARMING_UP : MetricStatus.OK;
      assertThat(spike.status()).as("after %s s", i).isEqualTo(expected);
    }
  }

  /** Its whales never aged: a dead stream went on having recent ones. */
  @Test
  void whalesOfADeadStreamAreForgotten() {
    CalculatorHarness harness = new CalculatorHarness(new LargeFactory(Map.of()), DOGE);
    harness.feed(T10.trade(DOGE, 1, 0, 25_000, 5_000_000, Side.BUY));
    assertThat(harness.number("large.count.buy.1m.300s")).isEqualByComparingTo("1");
    harness.passes(Duration.ofMinutes(5));
    assertThat(harness.number("large.count.buy.1m.300s")).isEqualByComparingTo("0");
    assertThat(harness.rows("large.trades.300s")).isEmpty();
    assertThat(harness.value("large.alert")).isEqualTo("NONE");
  }

  /** It compared quantities with thresholds in quote units: 60 000 coins at 0.25 were a whale. */
  @Test
  void aThresholdInQuoteUnitsMeetsAValueInQuoteUnits() {
    CalculatorHarness harness = new CalculatorHarness(new LargeFactory(Map.of()), DOGE);
    harness.feed(T10.trade(DOGE, 1, 0, 25_000, 199_999, Side.BUY));
    harness.feed(T10.trade(DOGE, 2, 1, 25_000, 200_000, Side.BUY));
    assertThat(harness.number("large.count.buy.50k.300s")).isEqualByComparingTo("1");
    assertThat(harness.number("large.volume.buy.50k.300s")).isEqualByComparingTo("200000");
  }

  /** It told the same whale with each poll. */
  @Test
  void aWhaleIsToldOnce() {
    CalculatorHarness harness = new CalculatorHarness(new LargeFactory(Map.of()), DOGE);
    harness.feed(T10.trade(DOGE, 1, 0, 25_000, 5_000_000, Side.BUY));
    assertThat(harness.number("large.alert.id")).isEqualByComparingTo("1");
    harness.feed(T10.trade(DOGE, 2, 1, 25_000, 10, Side.BUY));
    assertThat(harness.rows("large.trades.300s")).hasSize(1);
    assertThat(harness.number("large.alert.id")).isEqualByComparingTo("1");
  }

  /** Two highs so many bars apart, the second higher and with less CVD, and five bars behind it. */
  private CalculatorHarness pivots(int apart) {
    CalculatorHarness harness = harness(new DivergenceFactory(Map.of("bars", "2t")));
    id = 0;
    for (int bar = 0; bar <= 10 + apart + 5; bar++) {
      boolean peak = bar == 10 || bar == 10 + apart;
      int sold = bar == 40 ? 9 : 1;
      harness.feed(T10.trade(T10.INSTRUMENT, ++id, bar * 10L, 1, sold, Side.SELL));
      int top = peak ? 200 + bar : 150 - bar;
      harness.feed(T10.trade(T10.INSTRUMENT, ++id, bar * 10L + 1, top, peak ? 2 : 1, Side.BUY));
    }
    return harness;
  }

  private static CalculatorHarness harness(MetricFactory factory) {
    return new CalculatorHarness(factory, T10.INSTRUMENT);
  }

  private void print(CalculatorHarness harness, long millis, long quantity, Side side) {
    harness.feed(T10.trade(T10.INSTRUMENT, ++id, millis, 100, quantity, side));
  }
}
