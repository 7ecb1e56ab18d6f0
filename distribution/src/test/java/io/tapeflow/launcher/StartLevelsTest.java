package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartLevelsTest {
  @Test
  void whatIsNotListedStartsLast() throws Exception {
    StartLevels levels =
        StartLevels.of(
            Map.of("tapeflow.startlevel", "5", "tapeflow.startlevel.2", "a.jar   b.jar", "x", "y"));

    assertThat(levels.of(Path.of("/bundle/a.jar"))).isEqualTo(2);
    assertThat(levels.of(Path.of("/bundle/b.jar"))).isEqualTo(2);
    assertThat(levels.of(Path.of("/bundle/c.jar"))).isEqualTo(5);
    assertThat(levels.last()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"tapeflow.startlevel,0", "tapeflow.startlevel.x,a.jar", "tapeflow.startlevel,"})
  void whatIsNoLevelIsNamed(String property, String value) {
    Map<String, String> settings = new HashMap<>(Map.of("tapeflow.startlevel", "5"));
    settings.put(property, value);

    assertThatThrownBy(() -> StartLevels.of(settings))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(property);
  }
}
