package io.tapeflow.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.plan.ConditionFactory;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanEvaluation;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.trade.Side;
import io.tapeflow.plan.condition.StandardConditions;
import io.tapeflow.plan.text.Expression;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {
  private final Judge judge = new Judge(new Standard());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delta_positive",
        "delta_positive and not delta_negative(window: 30s)",
        "delta_positive(window: 30s) and delta_negative(window: 300s)",
        "vwap_deviation(threshold: 2.0, direction: below) and volume_spike",
        "vwap_deviation(2) or cvd_rising for 10s",
        "delta.60s > 5 base and delta.60s < 9",
        "price crosses above vwap.session",
        "dominant.60s == 'BUY' and imbalance.60s from 0.5 until 0.2",
        "whale_buy(threshold: '250000 quote') within 30s cooldown 1m",
        "confluence(0.3: delta_positive, 0.7: cvd_rising, enable: 0.8, suspend: 0.5)",
        "volume_above(10) and price_near(price: 100, tolerance: 1)",
        "cvd.slope.direction.bar60s != 'FLAT'",
        "speed.trades.15s > 20 1/s",
        "vwap.deviation.300s < -0.2 %",
        "delta_positive(threshold: 2) and delta.60s < 5",
        "volume_above(5) and not volume_above(10)",
        "vwap_deviation(3) and not vwap_deviation(4)",
        "not (cvd_rising or volume_spike) and delta_positive"
      })
  void rightOnes(String expression) {
    assertThat(faults(expression)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          delta_positiv | conditions | did you mean delta_positive?
          spoof_detected | conditions | order book
          delta_positive(thresold: 5) | conditions.thresold | did you mean threshold?
          delta_positive(threshold: -5) | conditions.threshold | out of range
          delta_positive(threshold: 5s) | conditions.threshold | not what it takes
          delta_positive(threshold: '5 quote') | conditions.threshold | not what it takes
          delta_positive(window: 60) | conditions.window | not what it takes
          delta_positive(window: 45s) | conditions | no metric delta.45s
          delta_positive(window: 1500ms) | conditions.window | 1500 ms
          delta_positive(1, threshold: 2) | conditions.threshold | twice
          volume_above | conditions.threshold | not given
          vwap_deviation(direction: under) | conditions.direction | not what it takes
          price_near(price: 100) | conditions.tolerance | not given
          price_near(price: 100, tolerance: 200) | conditions.tolerance | any price
          tick_rate_declining(recent: 60s, window: 15s) | conditions.recent | not shorter
          detla.60s > 5 | conditions.left | did you mean delta.60s?
          delta.60s > vwap.300s | conditions | different units
          delta.60s > 5 quote | conditions | different units
          price > 5 base | conditions | different units
          footprint.bar60s > 5 | conditions.left | table
          dominant.60s > 'BUY' | conditions | no order
          dominant.60s == 'BYU' | conditions.right | did you mean BUY?
          dominant.60s == 5 | conditions | with a number
          delta.60s == 'BUY' | conditions | with a number
          5 > 3 | conditions | nothing about the market
          delta.60s > delta.60s | conditions | same
          imbalance.60s > 1 | conditions.right | never
          imbalance.60s <= 1 | conditions.right | whatever
          volume.60s < 0 | conditions.right | never
          volume.60s >= 0 | conditions.right | whatever
          -1 > ratio.imbalance.10s | conditions.left | never
          delta.60s in [5, 1] | conditions | lower bound
          imbalance.60s in [2, 3] | conditions | never
          imbalance.60s in [-1, 1] | conditions | whatever
          delta.60s from 5 until 5 | conditions | same
          imbalance.60s from 2 until 0 | conditions | never
          dominant.60s in [1, 2] | conditions | word
          delta_positive for 0s | conditions.time | not a time
          delta_positive for 30d | conditions.time | not a time
          price crosses above 5 for 3s | conditions | single trades
          (price crosses above 5 and cvd_rising) for 3s | conditions | single trades
          confluence(0.3: delta_positive, 0.2: cvd_rising, enable: 0.8) | conditions.enable | never
          confluence(0.3: delta_positive, enable: 0.3, suspend: 0.4) | conditions.suspend | level
          confluence(0: delta_positive, enable: 0.3) | conditions[0].weight | no weight
          delta_positive and delta_negative | conditions[1] | together with conditions[0]
          cvd_rising for 5s and cvd_falling | conditions[1] | together with conditions[0].part
          delta.60s > 5 and (delta.60s < 3 and volume_spike) | conditions[1][0] | together
          delta.60s > 5 and not delta.60s > 3 | conditions[1][0] | together
          dominant.60s == 'BUY' and dominant.60s == 'SELL' | conditions[1] | together
          volume_spike and not volume_spike | conditions[1][0] | together
          volume_spike or (cvd_rising and cvd_falling) | conditions[1][1] | together
          vwap_deviation(direction: above) and vwap_deviation(direction: below) | conditions[1] | tog
          absorption_zone_detected and avoid_absorption_zones | conditions[1] | together
          cvd_div_bull and cvd_div_bear | conditions[1] | together
          delta_divergence_bull and delta_divergence_bear | conditions[1] | together
          cvd_flip_confirmed(direction: UP) and cvd_flip_confirmed(direction: DOWN) | conditions[1] | tog
          delta_positive and delta.60s < 0 | conditions[1] | together with conditions[0]
          volume_above(10) and not volume_above(5) | conditions[1][0] | together with conditions[0]
          volume_spike and speed.spike.10s <= 1.5 | conditions[1] | together
          vwap_deviation(direction: below) and vwap.z.300s > 0 | conditions[1] | together
          price_near(price: 100, tolerance: 1) and price > 102 | conditions[1] | together
          volume_spike and not (cvd_rising or volume_spike) | conditions[1][0][1] | together
          """)
  void wrongOnes(String expression, String path, String what) {
    assertThat(faults(expression))
        .as(expression)
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.path()).isEqualTo(path);
              assertThat(fault.what()).contains(what);
              assertThat(fault.allowed()).isNotEmpty();
            });
  }

  @Test
  void allFaultsAreListed() {
    Plan plan =
        new Plan(
            "no id!",
            "NOPE",
            Side.SELL,
            new BigDecimal("100"),
            new BigDecimal("90"),
            new BigDecimal("110"),
            new BigDecimal("-1"),
            Expression.read("detla_positive and delta.60s > 1 quote", "conditions").condition(),
            null,
            PlanEvaluation.EVERY_TRADE);
    assertThat(judge.faults(plan))
        .extracting(PlanFault::path)
        .containsExactly(
            "id",
            "instrument",
            "tolerance",
            "stopLoss",
            "takeProfit",
            "conditions[0]",
            "conditions[1]");
  }

  @ParameterizedTest
  @CsvSource({
    "BUY,  100, 90,  110, 1,  ''",
    "BUY,  100, 100, 110, 1,  stopLoss",
    "BUY,  100, 90,  100, 1,  takeProfit",
    "BUY,  100, 90,  110, 10, tolerance",
    "BUY,  ,    110, 90,  ,   stopLoss",
    "BUY,  ,    90,  110, 1,  tolerance",
    "SELL, 100, 110, 90,  1,  ''",
    "SELL, 100, 90,  90,  1,  stopLoss",
    "SELL, 100, 110, 101, 0.5, takeProfit",
    "SELL, ,    110, 90,  ,   ''",
    "SELL, 0,   110, 90,  ,   entry",
    "BUY,  1e9999, , , , entry",
  })
  void prices(
      Side side,
      BigDecimal entry,
      BigDecimal stop,
      BigDecimal target,
      BigDecimal tolerance,
      String path) {
    Plan plan =
        new Plan(
            "p",
            "BTCUSDT",
            side,
            entry,
            stop,
            target,
            tolerance,
            new PlanCondition.Named("volume_spike"),
            null,
            PlanEvaluation.EVERY_TRADE);
    List<String> paths = judge.faults(plan).stream().map(PlanFault::path).distinct().toList();
    assertThat(paths).isEqualTo(path.isEmpty() ? List.of() : List.of(path));
  }

  @Test
  void priceConditionsMustFitTheEntry() {
    assertThat(faultsAt("price > 101", "100", null))
        .extracting(PlanFault::path)
        .containsExactly("conditions");
    assertThat(faultsAt("price < 99", "100", null)).isEmpty();
    assertThat(faultsAt("price > 101", "100", "2")).isEmpty();
    assertThat(faultsAt("price > 103", "100", "2")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "price crosses above 5, conditions",
    "cvd_rising and volume_spike cooldown 1m, conditions[1]",
    "cvd_rising or not price crosses above 5, ''",
    "price crosses above 5 within 5s, ''",
  })
  void whatHoldsAtSingleTradesIsMissedByAPlanThatDoesNotLookAtEach(String expression, String path) {
    Plan every5 =
        new Plan(
            "p",
            "BTCUSDT",
            Side.BUY,
            null,
            null,
            null,
            null,
            read(expression),
            null,
            new PlanEvaluation(5));
    assertThat(judge.faults(every5))
        .extracting(PlanFault::path)
        .isEqualTo(path.isEmpty() ? List.of() : List.of(path));
    assertThat(faults(expression)).isEmpty();
  }

  @Test
  void instrumentsThatThereAreAreListed() {
    for (String name : List.of("btcusdt", "BTCUSD", "BTC USDT", "*")) {
      Plan plan = new Plan("p", name, Side.BUY, new PlanCondition.Named("volume_spike"));
      assertThat(judge.faults(plan))
          .singleElement()
          .satisfies(
              fault -> {
                assertThat(fault.path()).isEqualTo("instrument");
                assertThat(fault.allowed()).isEqualTo("binance-spot:BTCUSDT");
              });
      assertThat(new Judge(new Offline()).faults(plan))
          .as("without a platform only what can be none is found")
          .hasSize(name.contains(" ") || name.equals("*") ? 1 : 0);
    }
    assertThat(
            judge.faults(
                new Plan("p", "btcusdt", Side.BUY, new PlanCondition.Named("volume_spike"))))
        .extracting(PlanFault::what)
        .containsExactly("btcusdt is not known; did you mean BTCUSDT?");
  }

  @Test
  void aPlanThatWaitsForNothingIsRefused() {
    assertThat(judge.faults(new Plan("p", "BTCUSDT", Side.BUY, null)))
        .extracting(PlanFault::what)
        .containsExactly("There is nothing to wait for");
  }

  @Test
  void aPlanThatIsTooBigIsRefused() {
    PlanCondition deep = new PlanCondition.Named("volume_spike");
    for (int i = 0; i < 1_000; i++) {
      deep = new PlanCondition.None(List.of(deep));
    }
    assertThat(judge.faults(new Plan("p", "BTCUSDT", Side.BUY, deep))).hasSize(1);
    PlanCondition wide =
        new PlanCondition.Any(Collections.nCopies(5_000, new PlanCondition.Named("volume_spike")));
    assertThat(judge.faults(new Plan("p", "BTCUSDT", Side.BUY, wide))).hasSize(1);
  }

  private List<PlanFault> faults(String expression) {
    return judge.faults(new Plan("p", "BTCUSDT", Side.BUY, read(expression)));
  }

  private List<PlanFault> faultsAt(String expression, String entry, String tolerance) {
    return judge.faults(
        new Plan(
            "p",
            "BTCUSDT",
            Side.BUY,
            new BigDecimal(entry),
            null,
            null,
            tolerance == null ? null : new BigDecimal(tolerance),
            read(expression),
            null,
            PlanEvaluation.EVERY_TRADE));
  }

  private static PlanCondition read(String expression) {
    Expression.Read read = Expression.read(expression, "conditions");
    assertThat(read.faults()).isEmpty();
    return read.condition();
  }

  private static final class Standard implements Surroundings {
    @Override
    public Collection<ConditionFactory> conditions() {
      return StandardConditions.all();
    }

    @Override
    public String instrumentFault(String instrument) {
      return "BTCUSDT".equals(instrument) ? "" : instrument + " is not known";
    }

    @Override
    public List<String> instruments() {
      return List.of("binance-spot:BTCUSDT");
    }

    @Override
    public List<MetricInfo> metrics(String instrument) {
      return Catalogue.metrics();
    }
  }
}
