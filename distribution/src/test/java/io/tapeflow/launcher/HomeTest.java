package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
  @TempDir private Path folder;
  private Path distribution;
  private Home home;

  @BeforeEach
  void distribution() throws Exception {
    distribution = folder.resolve("distribution");
    Files.createDirectories(distribution.resolve("conf"));
    Files.writeString(distribution.resolve("conf/config.properties"), "a=1\n");
    Files.writeString(distribution.resolve("conf/some.pid.cfg"), "b = 2\n");
    Files.writeString(distribution.resolve("conf/console.password"), "of another home\n");
    home = Home.at(folder.resolve("new/home"));
  }

  @Test
  void aNewHomeGetsTheDistributionsConfigurationButNotItsPassword() throws Exception {
    home.fill(distribution);

    assertThat(home.conf())
        .isDirectoryContaining("glob:**/config.properties")
        .isDirectoryContaining("glob:**/some.pid.cfg")
        .isDirectoryNotContaining("glob:**/console.password");
    assertThat(home.load()).isEmptyDirectory();
    assertThat(home.run()).isEmptyDirectory();
    assertThat(home.log().getParent()).isEmptyDirectory();
  }

  @Test
  void whatTheOperatorHasChangedStays() throws Exception {
    home.fill(distribution);
    Files.writeString(home.conf().resolve("some.pid.cfg"), "b = 3\n");

    home.fill(distribution);

    assertThat(home.conf().resolve("some.pid.cfg")).hasContent("b = 3");
  }

  @Test
  void theDistributionItselfCanBeTheHome() throws Exception {
    Home.at(distribution).fill(distribution);

    assertThat(distribution.resolve("conf/config.properties")).hasContent("a=1");
    assertThat(distribution.resolve("run")).isEmptyDirectory();
  }

  @Test
  void eachStartReplacesTheConfigurationsOfTheLast() throws Exception {
    home.fill(distribution);
    home.configure(new Configuration("io.tapeflow.stream-demo", Map.of("venue", "binance-spot")));

    home.fill(distribution);
    home.configure(
        new Configuration(
            "io.tapeflow.stream-run",
            Map.of("venue", "binance-spot", "ws.endpoint", "ws://127.0.0.1:4711")));

    Properties written = new Properties();
    try (var reader = Files.newBufferedReader(home.run().resolve("io.tapeflow.stream-run.cfg"))) {
      written.load(reader);
    }
    assertThat(written)
        .isEqualTo(Map.of("venue", "binance-spot", "ws.endpoint", "ws://127.0.0.1:4711"));
    try (Stream<Path> files = Files.list(home.run())) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aSecondInstanceIsKeptOutUntilTheFirstHasGone() throws Exception {
    HomeLock first = HomeLock.take(home);
    assertThatThrownBy(() -> HomeLock.take(home))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(home.folder().toString())
        .hasMessageContaining("--home");

    first.release();

    HomeLock.take(home).release();
  }
}
