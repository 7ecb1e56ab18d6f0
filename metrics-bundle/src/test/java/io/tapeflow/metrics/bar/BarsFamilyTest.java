package io.tapeflow.metrics.bar;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.MetricContract;
import io.tapeflow.metrics.T10;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BarsFamilyTest extends MetricContract {
  @Override
  protected MetricFactory factory() {
    return new BarsFamily(Map.of("bars", "1s,1s-carry,40t,100000q-split,20vi,30r", "rows", 3));
  }

  @Test
  void theVectorPerSecond() {
    CalculatorHarness harness = harness(Map.of("bars", "1s")).feed(T10.trades());
    assertThat(harness.number("delta.bar1s")).isEqualByComparingTo("-6");
    assertThat(harness.number("delta.max.bar1s")).isEqualByComparingTo("0");
    assertThat(harness.number("delta.min.bar1s")).isEqualByComparingTo("-7");
    assertThat(harness.number("delta.percent.bar1s")).isEqualByComparingTo("-75");
    assertThat(harness.number("volume.buy.bar1s")).isEqualByComparingTo("1");
    assertThat(harness.number("low.bar1s")).isEqualByComparingTo("99");
    assertThat(harness.metric("delta.bar1s").status()).isEqualTo(MetricStatus.OK);
    assertThat(harness.metric("delta.bar1s").firstId()).isEqualTo(7);
    assertThat(harness.number("delta.forming.bar1s")).isEqualByComparingTo("3");
    MetricRow oldest = harness.rows("bars.bar1s").get(1);
    assertThat(oldest.fields().get("delta")).hasToString("5");
    assertThat(oldest.fields().get("bar.version")).hasToString("1");
  }

  @Test
  void theFirstBarOfTimeIsNotWhole() {
    CalculatorHarness harness = harness(Map.of("bars", "1s"));
    harness.feed(T10.trades().subList(0, 7));
    assertThat(harness.metric("delta.bar1s").status()).isEqualTo(MetricStatus.WARMING_UP);
    assertThat(harness.metric("delta.bar1s").reason()).isEqualTo("The bar began before the record");
    assertThat(harness.metric("delta.forming.bar1s").status()).isEqualTo(MetricStatus.OK);
  }

  @Test
  void deltaIsStrongNearItsExtremeOnly() {
    Map<String, Object> settings = Map.of("bars", "4t", "strength.max.percent", 100);
    // 2, 1, 4, 3: closes at 75 % of its extreme; then 6, 2, -3, -5 at 100 %
    CalculatorHarness harness = harness(settings).feed(T10.trades().subList(0, 4));
    assertThat(harness.value("delta.strength.bar4t")).isEqualTo("NONE");
    assertThat(harness.number("delta.strength.percent.bar4t")).isEqualByComparingTo("75");
    harness.feed(T10.trades().subList(4, 8));
    assertThat(harness.value("delta.strength.bar4t")).isEqualTo("SELL");
    assertThat(harness(Map.of("bars", "4t")).feed(T10.trades()).value("delta.strength.bar4t"))
        .as("at its very extreme")
        .isEqualTo("NONE");
  }

  @Test
  void aWrongValueLeavesTheDefault() {
    CalculatorHarness harness = harness(Map.of("bars", "60s,nonsense", "rows", "0"));
    assertThat(harness.infos()).containsKeys("delta.bar60s", "bars.bar60s");
    assertThat(harness.infos().get("bars.bar60s").description()).contains("last 20");
  }

  private static CalculatorHarness harness(Map<String, Object> settings) {
    return new CalculatorHarness(new BarsFamily(settings), T10.INSTRUMENT);
  }
}
