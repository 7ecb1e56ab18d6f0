package io.tapeflow.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlanCheckTest {
  private final PlanCheck check = new PlanCheck();

  @Test
  void saysNothingOfARightFile() {
    assertThat(
            check.apply(
                "a.yaml",
                """
                id: a
                instrument: BTCUSDT
                direction: BUY
                conditions: {delta_positive: {window: 45s}, cvd_rising: true}
                """))
        .isEmpty();
  }

  @Test
  void namesEachFaultWithItsPlaceWhetherReadOrJudged() {
    assertThat(
            check.apply(
                "a.yaml",
                """
                id: a
                instrument: BTCUSDT
                direction: BUY
                entry: 100
                stopLoss: 110
                evaluate: often
                conditions:
                  detla_positive: true
                  volume_above: {window: 30s}
                  whale_buy: {threshold: 0}
                ---
                id: b
                instrument: BTCUSDT
                direction: SELL
                entry: x
                tolerance: 5
                """))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("a.yaml:5:11: a: stopLoss: 110 is not below"),
            line -> assertThat(line).startsWith("a.yaml:6:11: a: evaluate: 'often'"),
            line ->
                assertThat(line)
                    .startsWith("a.yaml:8:3: a: conditions[0]")
                    .contains("did you mean delta_positive?"),
            line ->
                assertThat(line).startsWith("a.yaml:9:3: a: conditions[1].threshold: It is not"),
            line ->
                assertThat(line)
                    .startsWith("a.yaml:10:26: a: conditions[2].threshold: 0 is out of range"),
            line -> assertThat(line).startsWith("a.yaml:15:8: b: entry: 'x' is no number"));
  }

  @Test
  void whatCannotBeReadHidesNothingElse() {
    assertThat(
            check.apply(
                "a.yaml",
                """
                id: no id
                instrument: BTC USDT
                direction: LONG
                entry: 64000
                tolerance: -5
                evaluate: 0s
                conditions:
                  delta_positve: true
                  spoof_detected: false
                  vwap_deviation: {threshold: [2], direction: under}
                  whale_buy: {threshold: 5 base, within: }
                  volume_above: 10
                  confluence: {enable: 2, parts: [{weight: x, of: cvd_risin}, {weight: 1, of: a b}]}
                  none: [volume_above(5), delta_negative]
                  any: [{volume_spike: 0}, 5]
                """))
        .extracting(line -> line.substring(0, line.indexOf(": no id")))
        .containsExactly(
            "a.yaml:1:5",
            "a.yaml:2:13",
            "a.yaml:3:12",
            "a.yaml:5:12",
            "a.yaml:6:11",
            "a.yaml:8:3",
            "a.yaml:9:19",
            "a.yaml:10:31",
            "a.yaml:10:47",
            "a.yaml:11:26",
            "a.yaml:11:41",
            "a.yaml:13:44",
            "a.yaml:13:51",
            "a.yaml:13:81",
            "a.yaml:14:10",
            "a.yaml:15:10",
            "a.yaml:15:28");
  }

  @Test
  void anIdIsThereOnceInAllFiles() {
    String plan = "{id: a, instrument: BTCUSDT, direction: BUY, entry: 1}";
    assertThat(check.apply("one.yaml", plan)).isEmpty();
    assertThat(check.apply("two.yaml", "# the same\n" + plan))
        .containsExactly(
            "two.yaml:2:6: a: id: There is a plan of this id in one.yaml; allowed: another id");
  }
}
