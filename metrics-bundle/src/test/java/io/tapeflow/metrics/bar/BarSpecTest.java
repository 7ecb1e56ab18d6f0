package io.tapeflow.metrics.bar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BarSpecTest {
  @ParameterizedTest
  @CsvSource({
    "60s, bar60s",
    " 5m , bar300s",
    "1h, bar3600s",
    "1d, bar86400s",
    "60s-carry, bar60s-carry",
    "500t, bar500t",
    "10v, bar10v",
    "0.50v, bar0.5v",
    "10v-split, bar10v-split",
    "1000000q, bar1000000q",
    "20r, bar20r",
    "500ti, bar500ti",
    "500vi, bar500vi",
  })
  void theTextIsTheScope(String text, String scope) {
    BarSpec spec = BarSpec.parse(text);
    assertThat(spec.scope()).isEqualTo(scope);
    assertThat(BarSpec.parse(spec.toString())).isEqualTo(spec);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "60",
        "60x",
        "0s",
        "-1s",
        "1.5s",
        "2d",
        "0v",
        "1.5t",
        "60s-split",
        "10v-carry",
        "5t-split",
        "9ti",
        "200000vi",
        "60S",
        "1e3q",
        "0.0m"
      })
  void wrongTextsAreRefusedSayingWhatIsAllowed(String text) {
    assertThatThrownBy(() -> BarSpec.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("allowed is " + BarSpec.ALLOWED);
  }
}
