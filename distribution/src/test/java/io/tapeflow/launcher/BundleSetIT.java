package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/** Proves, with the very jars that are shipped and no network, that the bundle set resolves. */
class BundleSetIT {
  /** A clause of an import from it. */
  private static final Pattern SERVER =
      Pattern.compile(
          "(org\\.eclipse\\.jetty|org\\.apache\\.felix\\.http)[^\",]*(\"[^\"]*\"[^\",]*)*,");

  private static final Path DISTRIBUTION = Path.of(System.getProperty("tapeflow.distribution"));

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(
          new PrintStream(written, true, StandardCharsets.UTF_8),
          new PrintStream(written, true, StandardCharsets.UTF_8));

  @TempDir private Path folder;
  private Home home;
  private Map<String, String> settings;
  private OrderlyStop stop;

  @BeforeEach
  void home() throws Exception {
    home = Home.at(folder.resolve("home"));
    home.fill(DISTRIBUTION);
    settings = Settings.of(home, new Port(0), ConsolePassword.of(home), false);
    System.setProperty("tapeflow.home", home.folder().toString());
    System.setProperty(
        "logback.configurationFile", home.conf().resolve("logback.xml").toUri().toString());
  }

  @AfterEach
  void stop() {
    if (stop != null) {
      stop.everything();
    }
    System.clearProperty("tapeflow.home");
    System.clearProperty("logback.configurationFile");
  }

  @Test
  void everyBundleThatIsShippedStarts() throws Exception {
    Platform platform = start(DISTRIBUTION.resolve("bundle"));

    Map<String, Integer> states = new TreeMap<>();
    for (Bundle bundle : platform.framework().getBundleContext().getBundles()) {
      boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
      int expected = fragment ? Bundle.RESOLVED : Bundle.ACTIVE;
      states.put(bundle.getSymbolicName(), bundle.getState() - expected);
    }
    assertThat(states).hasSize(jars().size() + 1);
    assertThat(states.values()).as(states::toString).containsOnly(0);
    assertThat(written.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(platform.httpAddress().getHost()).isEqualTo("127.0.0.1");
  }

  /** The pages need an HTTP server, and not this one. */
  @Test
  void noBundleOfOursNeedsTheHttpServerThatIsShipped() throws Exception {
    for (Path jar : jars()) {
      if (!jar.getFileName().toString().startsWith("io.tapeflow.")) {
        continue;
      }
      try (JarFile file = new JarFile(jar.toFile())) {
        String imports =
            file.getManifest().getMainAttributes().getValue(Constants.IMPORT_PACKAGE) + ",";
        assertThat(SERVER.matcher(imports).results().map(MatchResult::group))
            .as(jar.toString())
            .allSatisfy(clause -> assertThat(clause).contains("resolution:=optional"));
      }
    }
  }

  @Test
  void everyStartLevelIsThatOfAJar() throws Exception {
    List<String> jars = jars().stream().map(jar -> jar.getFileName().toString()).toList();

    assertThat(StartLevels.of(settings).listed().keySet()).isSubsetOf(jars);
  }

  @Test
  void aBundleThatDoesNotResolveIsNamedWithWhatItMisses() throws Exception {
    Path incomplete = Files.createDirectory(folder.resolve("bundle"));
    for (Path jar : jars()) {
      if (!jar.endsWith("encoder.jar")) {
        Files.copy(jar, incomplete.resolve(jar.getFileName()));
      }
    }

    Platform platform = start(incomplete);

    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("bundle org.apache.felix.webconsole did not start", "org.owasp.encoder");
    assertThat(platform.framework().getState()).isEqualTo(Bundle.ACTIVE);
    // What the framework says is read in the log, too.
    await()
        .untilAsserted(
            () ->
                assertThat(home.log())
                    .content()
                    .contains(
                        "ERROR", "Bundle org.apache.felix.webconsole: ", "org.owasp.encoder"));
  }

  private Platform start(Path bundles) throws CommandFailure {
    Platform platform = new Platform(settings, bundles, terminal);
    stop = new OrderlyStop(platform.framework(), terminal);
    platform.start(stop);
    platform.startRest().join();
    return platform;
  }

  private static List<Path> jars() throws Exception {
    try (Stream<Path> jars = Files.list(DISTRIBUTION.resolve("bundle"))) {
      return jars.toList();
    }
  }
}
