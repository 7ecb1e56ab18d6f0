package io.tapeflow.plan.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionFactory;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanEvaluation;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.plan.check.Arguments;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each condition, at exactly the trades at which it holds. */
class StandardConditionsTest {
  private static final Instrument BTC = new Instrument("venue", "BTCUSDT", 2, 5);
  private static final Map<String, ConditionFactory> FACTORIES =
      StandardConditions.all().stream()
          .collect(Collectors.toMap(it -> it.info().name(), Function.identity()));

  @Test
  void positiveDelta() {
    assertThat(held("delta_positive", Map.of(), of(-1), of(0), of("0.001"), of(5)))
        .isEqualTo("..##");
    assertThat(held("delta_positive", Map.of("threshold", decimal("5")), of(5), of("5.1")))
        .isEqualTo(".#");
    assertThat(metrics("delta_positive", Map.of("window", Duration.ofSeconds(30))))
        .containsExactly("delta.30s");
  }

  @Test
  void negativeDelta() {
    assertThat(held("delta_negative", Map.of(), of(1), of(0), of("-0.001"))).isEqualTo("..#");
    assertThat(held("delta_negative", Map.of("threshold", decimal("5")), of(-5), of("-5.1")))
        .isEqualTo(".#");
  }

  @Test
  void risingCvd() {
    assertThat(held("cvd_rising", Map.of(), of("0.1", "0.29"), of("0", "0.9"), of("0.1", "0.3")))
        .isEqualTo("..#");
    assertThat(metrics("cvd_rising", Map.of("window", Duration.ofSeconds(60))))
        .containsExactly("cvd.slope.normalised.60s", "cvd.slope.r2.60s");
  }

  @Test
  void fallingCvd() {
    assertThat(
            held("cvd_falling", Map.of(), of("-0.1", "0.2"), of("0.1", "0.9"), of("-0.1", "0.3")))
        .isEqualTo("..#");
  }

  @Test
  void divergences() {
    for (String name :
        List.of("cvd_div_bull", "cvd_div_bear", "delta_divergence_bull", "delta_divergence_bear")) {
      String side = name.endsWith("bull") ? "BULL" : "BEAR";
      String other = name.endsWith("bull") ? "BEAR" : "BULL";
      assertThat(held(name, Map.of(), of("NONE"), of(other), of(side))).isEqualTo("..#");
      String form = name.startsWith("cvd") ? "PIVOT" : "BAR";
      assertThat(
              held(
                  name,
                  Map.of("strength", decimal("0.4")),
                  of("NONE", List.of(divergence(form, side, "0.9"))),
                  of(side, List.of(divergence("SLOPE", side, "0.9"))),
                  of(side, List.of(divergence(form, other, "0.9"), divergence(form, side, "0.3"))),
                  of(side, List.of(divergence(form, side, "0.4"), divergence(form, side, "0.1")))))
          .isEqualTo("...#");
    }
    assertThat(metrics("cvd_div_bull", Map.of())).containsExactly("divergence.pivot.bar60s");
    assertThat(metrics("delta_divergence_bull", Map.of("form", "turnaround")))
        .containsExactly("divergence.turnaround.bar60s");
  }

  @Test
  void atAbsorptionZones() {
    List<MetricRow> zone = List.of(zone("SELL", "99", "99.5", "200000"));
    assertThat(
            held(
                "absorption_zone_detected",
                Map.of(),
                of(List.of()),
                of(zone).priced("99.6"),
                of(zone).priced("99.599"),
                of(zone).priced("99.2"),
                of(zone).priced("98.8"),
                of(List.of(zone("SELL", "99", "99.5", "99999"))).priced("99.2"),
                of(List.of(zone("BUY", "99", "99.5", "200000"))).priced("99.2")))
        .isEqualTo("..##...");
  }

  @Test
  void awayFromAbsorptionZones() {
    List<MetricRow> zone = List.of(zone("BUY", "101", "102", "200000"));
    assertThat(
            held(
                "avoid_absorption_zones",
                Map.of("distance", decimal("1")),
                of(List.of()),
                of(zone).priced("100"),
                of(zone).priced("99.9"),
                of(zone).priced("101.5")))
        .isEqualTo("#.#.");
  }

  @Test
  void deviationFromVwap() {
    Map<String, Object> below = Map.of("direction", "below", "threshold", decimal("2.0"));
    assertThat(held("vwap_deviation", below, of("-1.99"), of("2"), of("-2"))).isEqualTo("..#");
    assertThat(held("vwap_deviation", Map.of("direction", "above"), of("-2"), of("2")))
        .isEqualTo(".#");
    assertThat(held("vwap_deviation", Map.of(), of("-2"), of("1.99"), of("2"))).isEqualTo("#.#");
    assertThat(metrics("vwap_deviation", Map.of("measure", "percent", "session", true)))
        .containsExactly("vwap.deviation.session");
  }

  @Test
  void volumes() {
    assertThat(held("volume_spike", Map.of(), of("1.99"), of("2"))).isEqualTo(".#");
    assertThat(held("volume_above", Map.of("threshold", decimal("10")), of("10"), of("10.1")))
        .isEqualTo(".#");
    assertThat(held("volume_above", Map.of("", decimal("10")), of("10"), of("10.1")))
        .isEqualTo(".#");
  }

  @Test
  void nearPrice() {
    assertThat(
            held(
                "price_near",
                Map.of(),
                of().priced("100.5"),
                of().priced("100.51"),
                of().priced("99.49"),
                of().priced("99.5")))
        .isEqualTo("#..#");
  }

  @Test
  void whales() {
    // The older, the greater.
    List<MetricRow> orders = List.of(order(995, "99999"), order(990, "100000"));
    assertThat(
            held(
                "whale_buy",
                Map.of(),
                of(List.of()).at(1000),
                of(orders).at(1000),
                of(orders).at(1049),
                of(orders).at(1050)))
        .isEqualTo(".##.");
    assertThat(held("whale_sell", Map.of("threshold", decimal("100001")), of(orders).at(1000)))
        .isEqualTo(".");
    assertThat(
            held(
                "whale_sell",
                Map.of("threshold", decimal("99999")),
                of(orders).at(1000),
                of(orders).at(1054),
                of(orders).at(1055)))
        .isEqualTo("##.");
    assertThat(metrics("whale_sell", Map.of())).containsExactly("large.peaks.sell.300s");
  }

  @Test
  void flipOfCvd() {
    assertThat(
            held(
                "cvd_flip_confirmed",
                Map.of(),
                of(50),
                of(-10),
                of(-4),
                of("7.9"),
                of("8"),
                of(1),
                of(0),
                of("0.1"),
                of(-5),
                of(4)))
        .isEqualTo("....##...#");
    assertThat(held("cvd_flip_confirmed", Map.of("direction", "DOWN"), of(10), of(-7), of(-8)))
        .isEqualTo("..#");
  }

  @Test
  void flipOfCvdForgetsWhatIsLongAgo() {
    assertThat(
            held(
                "cvd_flip_confirmed",
                Map.of(),
                of(-50).at(0),
                of(-10).at(10),
                of(8).at(299),
                of(8).at(300),
                of(-1).at(301),
                of(2).at(302)))
        .isEqualTo("...#.#");
  }

  @Test
  void flipOfCvdIsForgottenWithTrades() {
    Condition condition = condition("cvd_flip_confirmed", Map.of());
    assertThat(condition.holds(of(-10))).isFalse();
    condition.interrupted();
    assertThat(condition.holds(of(10))).isFalse();
  }

  @Test
  void flipOfMomentum() {
    assertThat(
            held(
                "momentum_flip_confirmed",
                Map.of(),
                of(7, 100, 99, -3),
                of(8, 99, 101, -1),
                of(9, 101, 100, -1),
                of(10, 100, 102, 5),
                of(10, 100, 102, 5),
                of(11, 102, 103, 5),
                of(12, 103, 100, 5),
                of(14, 100, 103, 5)))
        .isEqualTo("...##...");
  }

  @Test
  void declineOfTickRate() {
    assertThat(held("tick_rate_declining", Map.of(), of("7.1", "10"), of("7", "10")))
        .isEqualTo(".#");
  }

  @Test
  void thoseOfTheBookAreKnownAndSayWhyNot() {
    for (String name :
        List.of(
            "imbalance_detected",
            "spoof_detected",
            "bid_rebuild_speed",
            "ask_decay_speed",
            "liquidity_rebuild_confirmed")) {
      assertThat(FACTORIES.get(name).info().unavailable()).contains("book");
    }
  }

  @Test
  void metricsOfEachAreThoseThatItSays() {
    FACTORIES
        .values()
        .forEach(
            factory -> {
              if (factory.info().unavailable().isEmpty()) {
                Map<String, Object> needed =
                    "volume_above".equals(factory.info().name())
                        ? Map.of("threshold", BigDecimal.ONE)
                        : Map.of();
                assertThat(metrics(factory.info().name(), needed))
                    .isEqualTo(factory.info().metrics());
              }
            });
  }

  private static String held(String name, Map<String, Object> arguments, MadeUp... moments) {
    Condition condition = condition(name, arguments);
    List<String> held = new ArrayList<>();
    for (MadeUp moment : Arrays.asList(moments)) {
      held.add(condition.holds(moment) ? "#" : ".");
      condition.distances(moment);
    }
    return String.join("", held);
  }

  private static List<String> metrics(String name, Map<String, Object> arguments) {
    return condition(name, arguments).metrics();
  }

  private static Condition condition(String name, Map<String, Object> arguments) {
    Plan plan =
        new Plan(
            "p",
            "BTCUSDT",
            Side.BUY,
            decimal("100"),
            null,
            null,
            decimal("0.5"),
            null,
            null,
            PlanEvaluation.EVERY_TRADE);
    ConditionFactory factory = FACTORIES.get(name);
    Arguments judged = Arguments.of(factory, plan, new PlanCondition.Named(name, arguments));
    assertThat(judged.faults()).isEmpty();
    return factory.create(judged.values(), BTC);
  }

  private static MetricRow zone(String absorbed, String low, String high, String value) {
    return new MetricRow(
        Map.of(
            "absorbed",
            absorbed,
            "low",
            decimal(low),
            "high",
            decimal(high),
            "strength",
            decimal("3"),
            "value",
            decimal(value)));
  }

  private static MetricRow order(long seconds, String value) {
    return new MetricRow(
        Map.of("timeMicros", BigDecimal.valueOf(seconds * 1_000_000), "value", decimal(value)));
  }

  private static MetricRow divergence(String form, String side, String strength) {
    return new MetricRow(Map.of("form", form, "side", side, "strength", decimal(strength)));
  }

  private static MadeUp of(Object... values) {
    return MadeUp.of(values);
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }
}
