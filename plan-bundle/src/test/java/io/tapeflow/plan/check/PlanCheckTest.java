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
}
