package io.tapeflow.metrics.absorption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.MetricContract;
import io.tapeflow.metrics.RealDay;
import io.tapeflow.metrics.T10;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AbsorptionTest extends MetricContract {
  /** Prices in cents with a tick of 1, quantities in thousandths. */
  private static final Instrument BTC = new Instrument("test", "BTC", 2, 3);

  private long id;
  private long millis;
  private long price = 100_00;

  @Override
  protected MetricFactory factory() {
    return factory(Map.of());
  }

  /**
   * A market in which a unit of net volume moves the price by ten ticks; then 8 units are sold in a
   * window, which would be 80 ticks, and the price moves by 4.
   */
  @Test
  void sellingThatDoesNotMoveThePriceIsAbsorbed() {
    CalculatorHarness market = usual(factory(Map.of()));
    assertThat(market.value("absorption.trade.side")).isEqualTo("NONE");
    assertThat(market.rows("absorption.trade.zones")).isEmpty();
    assertThat(market.metric("absorption.trade.distance").status()).isEqualTo(MetricStatus.NO_DATA);
    long before = price;

    for (int second = 0; second < 10; second++) {
      trade(market, Side.SELL, 800, second < 4 ? -1 : 0);
      millis += 1_000;
    }
    trade(market, Side.BUY, 1, 0);

    assertThat(market.value("absorption.trade.side")).isEqualTo("SELL");
    // The first trade of the window is a tick down already: 3 of the 4 ticks are within it.
    assertThat(market.real("absorption.trade.score")).isCloseTo(80 / 3.0, within(1e-9));
    MetricRow zone = market.rows("absorption.trade.zones").get(0);
    assertThat(zone.fields()).containsEntry("absorbed", "SELL");
    assertThat((BigDecimal) zone.fields().get("low")).isEqualByComparingTo(BTC.price(before - 4));
    assertThat(market.real("absorption.trade.strength.bid")).isGreaterThan(3);
    assertThat(market.real("absorption.trade.strength.ask")).isZero();
    assertThat(market.real("absorption.trade.distance")).isZero();
  }

  @Test
  void aZoneFadesAndEndsWhenThePriceGoesBeyondIt() {
    CalculatorHarness market = usual(factory(Map.of("half.life.seconds", 60)));
    for (int second = 0; second < 10; second++) {
      trade(market, Side.SELL, 800, 0);
      millis += 1_000;
    }
    trade(market, Side.BUY, 1, 0);
    double strength = market.real("absorption.trade.strength.bid");
    market.passes(Duration.ofSeconds(60));
    assertThat(market.real("absorption.trade.strength.bid"))
        .isCloseTo(strength / 2, within(strength * 1e-9));

    millis += 60_000;
    trade(market, Side.SELL, 1, -1);
    assertThat(market.rows("absorption.trade.zones")).isEmpty();
    assertThat(market.real("absorption.trade.strength.bid")).isZero();
  }

  @Test
  void sellingThatMovesThePriceAsUsualIsNot() {
    CalculatorHarness market = usual(factory(Map.of()));
    for (int second = 0; second < 10; second++) {
      trade(market, Side.SELL, 800, -8);
      millis += 1_000;
    }
    trade(market, Side.BUY, 1, 0);
    assertThat(market.value("absorption.trade.side")).isEqualTo("NONE");
    assertThat(market.real("absorption.trade.score")).isLessThan(1.2);
  }

  /** 8 units at about 100 are 800 quote units, not 8 and not 800 of the base. */
  @Test
  void theLeastValueIsInQuoteUnits() {
    for (int least : new int[] {700, 900}) {
      id = 0;
      millis = 0;
      price = 100_00;
      CalculatorHarness market = usual(factory(Map.of("min.value", least)));
      for (int second = 0; second < 10; second++) {
        trade(market, Side.SELL, 800, 0);
        millis += 1_000;
      }
      trade(market, Side.BUY, 1, 0);
      assertThat(market.value("absorption.trade.side")).isEqualTo(least == 700 ? "SELL" : "NONE");
    }
  }

  @Test
  void nothingIsFoundWhileWhatIsUsualIsNotKnown() {
    CalculatorHarness market = new CalculatorHarness(factory(Map.of()), BTC);
    for (int second = 0; second < 15; second++) {
      trade(market, Side.SELL, 5_000, 0);
      millis += 1_000;
    }
    assertThat(market.value("absorption.trade.side")).isEqualTo("NONE");
    assertThat(market.metric("absorption.trade.side").status()).isEqualTo(MetricStatus.WARMING_UP);
    assertThat(market.metric("absorption.trade.side").reason())
        .isEqualTo("3 of 20 slots for lambda");
  }

  @Test
  void aBarWithAGreatDeltaThatClosesTheOtherWayIsAbsorbed() {
    CalculatorHarness market =
        new CalculatorHarness(factory(Map.of("bar", "2t", "delta.bars", 5)), BTC);
    for (int bar = 0; bar < 5; bar++) {
      trade(market, Side.BUY, 100, 0);
      trade(market, Side.SELL, 90, 1);
      assertThat(market.metric("absorption.delta.bar2t").status())
          .isEqualTo(MetricStatus.WARMING_UP);
    }
    trade(market, Side.BUY, 300, 0);
    trade(market, Side.BUY, 100, -5);
    assertThat(market.value("absorption.delta.bar2t")).isEqualTo("BUY");
    assertThat(market.metric("absorption.delta.bar2t").status()).isEqualTo(MetricStatus.OK);
    assertThat(market.real("absorption.delta.threshold.bar2t")).isEqualTo(0.01);
    assertThat(market.rows("absorption.delta.zones.bar2t"))
        .singleElement()
        .satisfies(
            zone ->
                assertThat(zone.fields())
                    .containsEntry("absorbed", "BUY")
                    .containsEntry("low", BTC.price(price))
                    .containsEntry("high", BTC.price(price + 5)));
    assertThat(market.real("absorption.delta.strength.ask.bar2t")).isEqualTo(40);
    assertThat(market.real("absorption.delta.strength.bid.bar2t")).isZero();

    trade(market, Side.BUY, 300, 0);
    trade(market, Side.BUY, 300, 5);
    assertThat(market.value("absorption.delta.bar2t")).isEqualTo("NONE");
    assertThat(market.rows("absorption.delta.zones.bar2t")).hasSize(1);
    trade(market, Side.BUY, 1, 1);
    assertThat(market.rows("absorption.delta.zones.bar2t")).isEmpty();
  }

  /** Three bars with higher highs and less bought at each, then one with more. */
  @Test
  void newHighsThatAreBoughtLessAndLessAreExhausted() {
    CalculatorHarness market =
        new CalculatorHarness(factory(Map.of("bar", "2t", "row.ticks", 1)), BTC);
    int[] boughtAtHigh = {500, 300, 100, 400};
    String[] expected = {"NONE", "NONE", "BUY", "NONE"};
    for (int bar = 0; bar < boughtAtHigh.length; bar++) {
      trade(market, Side.BUY, boughtAtHigh[bar], 3);
      trade(market, Side.SELL, 10, -1);
      assertThat(market.value("exhaustion.bar2t")).as("bar " + bar).isEqualTo(expected[bar]);
    }
    assertThat(market.real("exhaustion.buy.bar2t")).isEqualTo(1);
  }

  /** The first minute is seen from its middle on: its high may have been any. */
  @Test
  void theBeginningOfTheRecordIsNoExhaustion() {
    CalculatorHarness market =
        new CalculatorHarness(factory(Map.of("bar", "60s", "row.ticks", 1)), BTC);
    millis = 30_000;
    int[] boughtAtHigh = {500, 300, 100, 50, 40};
    String[] expected = {null, "NONE", "NONE", "NONE", "BUY"};
    for (int bar = 0; bar < boughtAtHigh.length; bar++) {
      trade(market, Side.BUY, boughtAtHigh[bar], 3);
      assertThat(market.value("exhaustion.bar60s")).as("bar " + bar).isEqualTo(expected[bar]);
      MetricStatus status = bar < 4 ? MetricStatus.WARMING_UP : MetricStatus.OK;
      assertThat(market.metric("exhaustion.bar60s").status()).as("bar " + bar).isEqualTo(status);
      assertThat(market.metric("exhaustion.buy.bar60s").status()).isEqualTo(status);
      millis += 60_000;
    }
    assertThat(market.real("exhaustion.buy.bar60s")).isEqualTo(3);
    assertThat(market.metric("exhaustion.bar60s").firstId()).isEqualTo(2);
  }

  @Test
  void quantilesAreExact() {
    double[] numbers = {5, 1, 4, 2, 3, 6, 7, 8, 9, 10};
    assertThat(Quantiles.of(numbers, 0.9)).isEqualTo(9);
    assertThat(Quantiles.of(numbers, 0.91)).isEqualTo(10);
    assertThat(Quantiles.of(numbers, 0)).isEqualTo(1);
    assertThat(Quantiles.of(numbers, 1)).isEqualTo(10);
  }

  /** Zones are rare on real days, and lie where there has been trade. */
  @ParameterizedTest
  @EnumSource(names = {"BTCUSDC_2025", "BTCUSDT_2019"})
  void realDays(RealDay day) {
    CalculatorHarness market =
        new CalculatorHarness(new AbsorptionFactory(Map.of()), day.instrument()).feed(day.trades());
    assertThat(market.metric("absorption.trade.side").status()).isEqualTo(MetricStatus.OK);
    assertThat(market.rows("absorption.trade.zones")).hasSizeLessThanOrEqualTo(20);
    assertThat(market.metric("absorption.delta.bar60s").status()).isEqualTo(MetricStatus.OK);
  }

  /** 400 s in which each net unit moves the price by ten ticks, up and down. */
  private CalculatorHarness usual(MetricFactory factory) {
    CalculatorHarness market = new CalculatorHarness(factory, BTC);
    for (int second = 0; second < 400; second++) {
      boolean up = second / 2 % 2 == 0;
      trade(market, up ? Side.BUY : Side.SELL, 500, up ? 5 : -5);
      millis += 1_000;
    }
    return market;
  }

  private void trade(CalculatorHarness market, Side side, long quantity, int ticks) {
    price += ticks;
    market.feed(T10.trade(BTC, ++id, millis, price, quantity, side));
  }

  private static AbsorptionFactory factory(Map<String, Object> differing) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("quantile.windows", 5);
    properties.put("lambda.slots", 20);
    properties.put("delta.bars", 5);
    properties.putAll(differing);
    return new AbsorptionFactory(properties);
  }
}
