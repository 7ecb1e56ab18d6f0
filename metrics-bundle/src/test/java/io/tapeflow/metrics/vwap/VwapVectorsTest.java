package io.tapeflow.metrics.vwap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.T10;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The worked vectors of the definitions, and the edges. */
class VwapVectorsTest {
  private static final double SIGMA = 0.871165065546;
  private static final Offset<Double> TINY = within(1e-11);

  @Test
  void meanAndBandsOfTheTenTrades() {
    CalculatorHarness harness = harness("1,2", "").feed(T10.trades());

    assertThat(harness.number("vwap.session")).isEqualByComparingTo("100.75");
    assertThat(harness.real("vwap.sigma.session")).isCloseTo(Math.sqrt(85.0 / 112), within(1e-15));
    assertThat(harness.real("vwap.sigma.session")).isCloseTo(SIGMA, TINY);
    assertThat(harness.real("vwap.upper1.session")).isCloseTo(100.75 + SIGMA, TINY);
    assertThat(harness.real("vwap.lower2.session")).isCloseTo(100.75 - 2 * SIGMA, TINY);
    assertThat(harness.real("vwap.upper3.session")).isCloseTo(100.75 + 3 * SIGMA, TINY);
    assertThat(harness.real("vwap.z.session")).isCloseTo(0.25 / SIGMA, TINY);
    assertThat(harness.real("vwap.deviation.session")).isCloseTo(25 / 100.75, TINY);
    // The trades are from the epoch's first second, so nobody knows what was before them.
    assertThat(harness.metric("vwap.session").status()).isEqualTo(MetricStatus.WARMING_UP);
  }

  /** Of (1400, 2400] ms: 99 x 2, 100 x 1, 101 x 3; the mean is 601/6. */
  @Test
  void aWindowHoldsTheLastThreeTrades() {
    CalculatorHarness harness = harness("1,2", "").feed(T10.trades());

    double mean = 601 / 6.0;
    double variance =
        (2 * (99 - mean) * (99 - mean)
                + (100 - mean) * (100 - mean)
                + 3 * (101 - mean) * (101 - mean))
            / 6;
    assertThat(harness.real("vwap.sigma.1s")).isCloseTo(Math.sqrt(variance), TINY);
    assertThat(harness.real("vwap.z.1s")).isCloseTo((101 - mean) / Math.sqrt(variance), TINY);
    assertThat(harness.metric("vwap.z.1s").status()).isEqualTo(MetricStatus.OK);
    assertThat(harness.metric("vwap.z.1s").firstId()).isEqualTo(8);
    assertThat(harness.infos()).doesNotContainKey("vwap.1s");
  }

  @Test
  void aWindowAgesWithoutATradeAndIsThenEmptyAndNotZero() {
    CalculatorHarness harness = harness("1", "").feed(T10.trades());
    harness.passes(Duration.ofMillis(999));
    assertThat(harness.real("vwap.sigma.1s")).as("one price left").isZero();
    assertThat(harness.real("vwap.z.1s")).isZero();
    harness.passes(Duration.ofMillis(1));
    MetricValue empty = harness.metric("vwap.sigma.1s");
    assertThat(empty.value()).isNull();
    assertThat(empty.status()).isEqualTo(MetricStatus.NO_DATA);
    assertThat(empty.reason()).isEqualTo("No trade in it");
  }

  @Test
  void anAnchorTakesTheTradesFromItsMomentOn() {
    CalculatorHarness harness = harness("1", "1970-01-01T00:00:01Z").feed(T10.trades());
    // Trades 7 to 10: 100 x 5, 99 x 2, 100 x 1, 101 x 3.
    MetricValue value = harness.metric("vwap.19700101T000001Z");
    assertThat(harness.number("vwap.19700101T000001Z")).isEqualByComparingTo("100.0909090909091");
    assertThat(value.status()).isEqualTo(MetricStatus.OK);
    assertThat(value.firstId()).isEqualTo(7);
    assertThat(value.coverage()).isEqualTo(Duration.ofMillis(1400));
  }

  @Test
  void anAnchorThatIsStillToComeSaysSo() {
    CalculatorHarness harness = harness("1", "1970-01-01T01:00:00Z").feed(T10.trades());
    MetricValue value = harness.metric("vwap.19700101T010000Z");
    assertThat(value.value()).isNull();
    assertThat(value.status()).isEqualTo(MetricStatus.WARMING_UP);
    assertThat(value.reason()).contains("still to come");
  }

  @Test
  void aSessionBeginsAtMidnightWithNothing() {
    CalculatorHarness harness = harness("1", "").feed(T10.trades());
    harness.passes(Duration.ofDays(1));
    assertThat(harness.value("vwap.session")).isNull();
    harness.feed(T10.trade(T10.INSTRUMENT, 11, 90_000_000, 7, 3, Side.BUY));
    assertThat(harness.number("vwap.session")).isEqualByComparingTo("7");
    assertThat(harness.metric("vwap.session").status()).isEqualTo(MetricStatus.OK);
    assertThat(harness.metric("vwap.session").firstId()).isEqualTo(11);
  }

  /** Sixteen digits of the price do not change; a difference of squares would have none left. */
  @Test
  void aTinyDeviationOfAHugePriceIsNotLost() {
    Instrument fine = new Instrument("test", "FINE", 8, 8);
    CalculatorHarness harness = new CalculatorHarness(new VwapFactory(Map.of()), fine);
    long price = 12_345_678_900_000_000L;
    harness.feed(T10.trade(fine, 1, 0, price, 4_000_000_000_000_000_000L, Side.BUY));
    harness.feed(T10.trade(fine, 2, 0, price + 2, 4_000_000_000_000_000_000L, Side.BUY));
    assertThat(harness.real("vwap.sigma.session")).isEqualTo(1e-8);
    assertThat(harness.real("vwap.z.session")).isEqualTo(1);
    assertThat(harness.number("vwap.session")).isEqualByComparingTo("123456789.0000000");
  }

  private static CalculatorHarness harness(String windows, String anchors) {
    return new CalculatorHarness(
        new VwapFactory(Map.of("windows.seconds", windows, "anchors", anchors)), T10.INSTRUMENT);
  }
}
