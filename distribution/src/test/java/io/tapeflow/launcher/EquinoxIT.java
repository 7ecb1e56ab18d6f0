package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;

/** The jars that are shipped, in the framework of Eclipse. */
class EquinoxIT {
  private static final Path BUNDLES =
      Path.of(System.getProperty("tapeflow.distribution"), "bundle");
  private static final Path EQUINOX = Path.of(System.getProperty("tapeflow.equinox"));

  @TempDir private Path folder;
  private TapeflowProcess equinox;

  @AfterEach
  void end() {
    if (equinox != null) {
      equinox.close();
    }
  }

  @Test
  void allBundlesLiveAndEndInIt() throws Exception {
    Home home = Home.at(folder.resolve("home"));
    home.fill(BUNDLES.getParent());
    Port http = Port.free();
    int venue = Port.free().number();
    configure(home, "io.tapeflow.simulator-demo.cfg", "port = %d".formatted(venue));
    configure(
        home,
        "io.tapeflow.stream-demo.cfg",
        """
        symbols = BTCUSDT,ETHUSDT
        ws.endpoint = ws://127.0.0.1:%1$d
        rest.endpoint = http://127.0.0.1:%1$d
        """
            .formatted(venue));
    equinox = start(home, http);
    Operator operator =
        new Operator(URI.create("http://127.0.0.1:" + http.number()), home.folder());

    await()
        .atMost(TapeflowProcess.PATIENCE.multipliedBy(2))
        .failFast(() -> assertThat(equinox.process().isAlive()).as(equinox::told).isTrue())
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              JsonNode report = operator.get("tapeflow/api/verification");
              assertThat(report.findValuesAsText("status"))
                  .hasSize(6)
                  .containsOnly("PASS", "CANNOT_VERIFY");
              assertThat(operator.ask("system/console/bundles.json").body())
                  .contains("all %d bundles active".formatted(jars().size() + 1));
              assertThat(operator.ask("system/console/tapeflow").body()).contains("BTCUSDT");
            });

    equinox.type("stop 0");
    // Else the shell still waits for a line, and the process for the shell.
    equinox.process().getOutputStream().close();
    assertThat(equinox.process().waitFor(TapeflowProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isTrue();
    assertThat(home.state().resolve("metrics.state")).isNotEmptyFile();
    assertThat(home.log()).content().doesNotContain(" ERROR ");
  }

  private static void configure(Home home, String name, String text) throws Exception {
    Files.createDirectories(home.run());
    Files.writeString(home.run().resolve(name), text);
  }

  /** By its own launcher, which takes what the bundles want from the file that the manual names. */
  private TapeflowProcess start(Home home, Port http) throws Exception {
    Map<String, String> settings =
        new HashMap<>(Settings.of(home, http, ConsolePassword.of(home), true));
    StartLevels levels = StartLevels.of(settings);
    List<String> bundles = new ArrayList<>();
    for (Path jar : jars()) {
      String start = isFragment(jar) ? "" : ":start";
      bundles.add("reference:%s@%d%s".formatted(jar.toUri(), levels.of(jar), start));
    }
    Properties ini = new Properties();
    ini.putAll(settings);
    ini.keySet().removeIf(key -> key.toString().startsWith(Constants.FRAMEWORK_STORAGE));
    ini.setProperty("osgi.bundles", String.join(",", bundles));
    ini.setProperty("osgi.startLevel", Integer.toString(levels.last() + 1));
    ini.setProperty("osgi.noShutdown", "true");
    ini.setProperty("eclipse.ignoreApp", "true");
    Path configuration = Files.createDirectory(folder.resolve("configuration"));
    try (Writer out = Files.newBufferedWriter(configuration.resolve("config.ini"))) {
      ini.store(out, null);
    }
    return TapeflowProcess.start(
        folder,
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dtapeflow.home=" + home.folder(),
            "-Dlogback.configurationFile=" + home.conf().resolve("logback.xml").toUri(),
            "-jar",
            EQUINOX.toString(),
            "-configuration",
            configuration.toString()));
  }

  private static boolean isFragment(Path jar) throws Exception {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue(Constants.FRAGMENT_HOST) != null;
    }
  }

  private static List<Path> jars() throws Exception {
    try (Stream<Path> jars = Files.list(BUNDLES)) {
      return jars.sorted().toList();
    }
  }
}
