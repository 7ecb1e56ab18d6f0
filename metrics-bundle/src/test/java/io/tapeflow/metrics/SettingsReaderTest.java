package io.tapeflow.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  @Test
  void withoutAConfigurationThereAreDefaults() {
    SettingsReader reader = new SettingsReader(Map.of());
    assertThat(reader.read())
        .isEqualTo(
            new FlowSettings(
                List.of(30, 60, 300), Duration.ofSeconds(15), new BigDecimal("1.2"), Set.of()));
    assertThat(reader.faults()).isEmpty();
  }

  @Test
  void familiesAreSwitchedOffByNameOrAllOfThem() {
    assertThat(read(Map.of("families.off", "")).computes("vpin")).isTrue();
    FlowSettings some = read(Map.of("families.off", "vpin, hawkes"));
    assertThat(some.computes("vpin")).isFalse();
    assertThat(some.computes("hawkes")).isFalse();
    assertThat(some.computes("bars")).isTrue();
    assertThat(read(Map.of("families.off", new String[] {"*"})).computes("bars")).isFalse();
  }

  @Test
  void textNumbersArraysAndListsAreRead() {
    assertThat(windows("60, 5,900")).containsExactly(5, 60, 900);
    assertThat(windows("7")).containsExactly(7);
    assertThat(windows(45)).containsExactly(45);
    assertThat(windows(new int[] {2, 1})).containsExactly(1, 2);
    assertThat(windows(new String[] {"3", "3600"})).containsExactly(3, 3600);
    assertThat(windows(List.of(4L, 4L, 8L))).containsExactly(4, 8);
    FlowSettings settings =
        read(Map.of("stale.ms", "1000", "dominance.ratio", 1.5d, "service.pid", "any"));
    assertThat(settings.staleAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.dominanceRatio()).isEqualByComparingTo("1.5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "-30", "30,,60", "3601", "30.5", "a minute", "1,2,3,4,5,6,7,8,9"})
  void wrongWindowsAreRefused(String windows) {
    SettingsReader reader = new SettingsReader(Map.of("windows.seconds", windows));
    assertThat(reader.read().windows()).isEqualTo(FlowSettings.DEFAULT.windows());
    assertThat(reader.faults())
        .containsExactly(
            "windows.seconds is \""
                + windows
                + "\", allowed is 1 to 8 whole numbers of seconds, each from 1 to 3600");
  }

  @ParameterizedTest
  @CsvSource({
    "stale.ms, 999, a whole number of milliseconds from 1000 to 3600000",
    "stale.ms, 3600001, a whole number of milliseconds from 1000 to 3600000",
    "stale.ms, -1, a whole number of milliseconds from 1000 to 3600000",
    "stale.ms, soon, a whole number of milliseconds from 1000 to 3600000",
    "dominance.ratio, 0.99, a number from 1 to 1000",
    "dominance.ratio, NaN, a number from 1 to 1000",
    "dominance.ratio, 1e999999999, a number from 1 to 1000",
  })
  void wrongNumbersAreRefused(String property, String value, String allowed) {
    SettingsReader reader = new SettingsReader(Map.of(property, value));
    assertThat(reader.read()).isEqualTo(FlowSettings.DEFAULT);
    assertThat(reader.faults())
        .containsExactly(property + " is \"" + value + "\", allowed is " + allowed);
  }

  @Test
  void everyWrongValueIsNamed() {
    SettingsReader reader =
        new SettingsReader(Map.of("windows.seconds", new int[] {0}, "stale.ms", 1));
    reader.read();
    assertThat(reader.faults()).hasSize(2);
  }

  private static List<Integer> windows(Object value) {
    return read(Map.of("windows.seconds", value)).windows();
  }

  private static FlowSettings read(Map<String, ?> properties) {
    SettingsReader reader = new SettingsReader(properties);
    FlowSettings settings = reader.read();
    assertThat(reader.faults()).isEmpty();
    return settings;
  }
}
