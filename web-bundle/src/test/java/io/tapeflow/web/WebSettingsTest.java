package io.tapeflow.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSettingsTest {
  @Test
  void nothingConfiguredIsTheDefaults() {
    WebSettings settings = WebSettings.of(Map.of());

    assertThat(settings.hosts()).isEmpty();
    assertThat(settings.token()).isEmpty();
    assertThat(settings.requestsPerSecond()).isEqualTo(200);
    assertThat(settings.connections()).isEqualTo(1_000);
    assertThat(settings.eventClients()).isEqualTo(300);
    assertThat(settings.eventStall()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.prometheusValues()).isEqualTo(5_000);
  }

  @Test
  void valuesComeAsTextAndAsTheirOwnTypes() {
    assertThat(WebSettings.of(Map.of("hosts", "Desk.Example, other", "requests.per.second", "7")))
        .isEqualTo(
            WebSettings.of(
                Map.of("hosts", new String[] {"desk.example", "other"}, "requests.per.second", 7)));
    assertThat(WebSettings.of(Map.of("hosts", List.of("a", ""))).hosts()).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hosts|desk.example:80|names of hosts without port",
        "requests.per.second|0|1 to 100000",
        "requests.per.second|many|1 to 100000",
        "connections|-1|0 to 100000",
        "events.clients|10001|1 to 10000",
        "events.stall.ms|99|100 to 600000",
        "prometheus.values|-1|0 to 1000000"
      })
  void aWrongValueIsNamedWithWhatIsAllowed(String name, String value, String allowed) {
    assertThatThrownBy(() -> WebSettings.of(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name + " is \"" + value + "\"")
        .hasMessageContaining(allowed);
  }

  @Test
  void aTokenThatIsTooShortIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> WebSettings.of(Map.of("token", "hunter2")))
        .hasMessageContaining("token is \"of 7 characters\"")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aWrongConfigurationLeavesTheRunningOne() {
    CurrentSettings current = new CurrentSettings(Map.of("requests.per.second", 7));

    current.modified(Map.of("requests.per.second", 0));
    assertThat(current.get().requestsPerSecond()).isEqualTo(7);
    current.modified(Map.of("requests.per.second", 9));
    assertThat(current.get().requestsPerSecond()).isEqualTo(9);
    assertThat(new CurrentSettings(Map.of("events.clients", "x")).get())
        .isEqualTo(WebSettings.of(Map.of()));
  }
}
