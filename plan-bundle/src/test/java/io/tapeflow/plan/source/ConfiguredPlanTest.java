package io.tapeflow.plan.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.plan.text.Expression;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfiguredPlanTest {
  @Test
  void fieldsAreThoseOfAFile() {
    PlanDraft draft =
        only(
            Map.of(
                "id", "a",
                "instrument", "BTCUSDT",
                "direction", "BUY",
                "entry", "100.5",
                "stopLoss", "",
                "conditions", "dominant.60s == 'BUY' and\tdelta_positive",
                "service.pid", "io.tapeflow.plan~a",
                "component.name", "x",
                "felix.fileinstall.filename", "file:/x"));
    assertThat(draft.faults()).isEmpty();
    assertThat(draft.plan().entry()).isEqualByComparingTo("100.5");
    assertThat(draft.plan().stopLoss()).isNull();
    assertThat(draft.plan().condition())
        .isEqualTo(
            Expression.read("dominant.60s == 'BUY' and delta_positive", "conditions").condition());
  }

  @Test
  void conditionsMayBeAMap() {
    PlanDraft draft =
        only(
            Map.of(
                "id", "a",
                "instrument", "B",
                "direction", "BUY",
                "conditions", "{volume_above: 5, cvd_rising: true}"));
    assertThat(draft.plan().condition())
        .isEqualTo(Expression.read("volume_above(5) and cvd_rising", "conditions").condition());
  }

  @Test
  void whatIsWrongIsSaidWithoutAPlaceThatNobodyHasSeen() {
    PlanDraft draft =
        only(
            Map.of(
                "id", "a\"}",
                "instrument", "B",
                "direction", "UP",
                "stoploss", "5",
                "service.pid", "io.tapeflow.plan~a"));
    assertThat(draft.id()).isEqualTo("a\"}");
    assertThat(draft.faults()).extracting(PlanFault::line).containsOnly(0);
    assertThat(draft.faults())
        .extracting(PlanFault::what)
        .anyMatch(it -> it.contains("did you mean stopLoss?"))
        .anyMatch(it -> it.contains("'UP' is no direction"));
  }

  private static PlanDraft only(Map<String, Object> properties) {
    return new ConfiguredPlan(properties).plans().get(0);
  }
}
