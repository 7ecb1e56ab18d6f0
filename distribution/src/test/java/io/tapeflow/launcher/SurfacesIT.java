package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An operator finds the cause of each fault that lasts on any one of the surfaces: page, API,
 * Prometheus, health, Web Console, support archive and shell.
 */
class SurfacesIT {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots").toAbsolutePath();

  /** Verdicts come soon. */
  private static final String HASTE =
      """
      connect.timeout.ms = 1500
      idle.timeout.ms = 1500
      reconnect.max.ms = 1000
      reconnect.stable.ms = 0
      hold.ms = 500
      """;

  private static Browser browser;
  private static TapeflowProcess demo;
  private static Operator operator;

  /**
   * A fault and what tells it from others.
   *
   * @param commands what to type to have it
   * @param cause how the root cause begins
   * @param words what else it says
   * @param series what Prometheus has meanwhile, and not otherwise
   * @param tag the health check that fails
   * @param phase in which connections fail; empty if they do not
   */
  private record Fault(
      String name,
      List<String> commands,
      String cause,
      String words,
      String series,
      String tag,
      String phase) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Fault> faults() {
    return List.of(
        connection(
            "no TCP connection", "REFUSE_TCP 1006", "There is no TCP", "refused", "REFUSED", "TCP"),
        connection(
            "silence behind TCP",
            "SILENT_AFTER_TCP",
            "The upgrade",
            "no answer",
            "TIMEOUT",
            "UPGRADE"),
        connection(
            "half an upgrade",
            "SILENT_IN_UPGRADE",
            "The upgrade",
            "no answer",
            "TIMEOUT",
            "UPGRADE"),
        connection("an HTTP status", "HTTP_STATUS 451", "The upgrade", "451", "HTTP", "UPGRADE"),
        connection(
            "no acknowledgement",
            "SILENT_IN_SUBSCRIBE",
            "The subscription",
            "no acknowledgement",
            "TIMEOUT",
            "SUBSCRIBE"),
        connection(
            "a refused subscription",
            "REFUSE_SUBSCRIBE",
            "The subscription",
            "refused",
            "REJECTED",
            "SUBSCRIBE"),
        connection(
            "no data", "NO_DATA", "Connected, but no data", "no trade", "TIMEOUT", "FIRST_DATA"),
        connection(
            "nothing but pings",
            "PINGS_ONLY",
            "Connected, but no data",
            "no trade",
            "TIMEOUT",
            "FIRST_DATA"),
        hole("holes that REST has not", "REST_EMPTY", "are missing"),
        hole("holes, and no answer of REST", "REST_HANG", "REST: TimeoutException"),
        // The last one, for it lasts longer than the fault.
        hole("holes, and REST must be left alone", "REST_STATUS 429", "REST: .*HTTP status 429"));
  }

  private static Fault connection(
      String name, String fault, String cause, String words, String kind, String phase) {
    return new Fault(
        name,
        List.of("fault " + fault, "fault CLOSE 1006"),
        cause,
        words,
        "tapeflow_stream_error_timestamp_seconds\\{kind=\"%s\",phase=\"%s\"".formatted(kind, phase),
        "connection",
        phase);
  }

  private static Fault hole(String name, String fault, String words) {
    return new Fault(
        name,
        List.of("fault " + fault, "fault DROP 20"),
        "Trades are missing",
        words,
        "tapeflow_trade_ids_missing\\{.*} [1-9]",
        "continuity",
        "");
  }

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    Path home = folder.resolve("home");
    demo = TapeflowProcess.start(folder, "demo", "--shell", "--http-port=0", "--home=" + home);
    operator = new Operator(demo.address(), home);
    awaitHealthy();
    Files.writeString(
        home.resolve("run/io.tapeflow.stream-demo.cfg"), HASTE, StandardOpenOption.APPEND);
    // Without one the other surfaces are looked at all the same.
    browser = Browser.start(folder.resolve("profile"), SCREENSHOTS).orElse(null);
    if (browser == null) {
      System.err.println(Browser.MISSING);
    } else {
      browser.open(operator.dashboard(), 1440, 900, false);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    demo.stop();
  }

  @BeforeEach
  void heal() throws IOException {
    demo.type("fault clear");
    awaitHealthy();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everySurfaceNamesTheCause(Fault fault) throws Exception {
    for (String command : fault.commands) {
      demo.type(command);
    }
    eventually(
        () ->
            assertNamed(
                fault, operator.get("tapeflow/api/verification").path("rootCause").asText()));
    eventually(() -> assertThat(ask("metrics")).containsPattern(fault.series));
    eventually(
        () ->
            assertThat(ask("system/health.json?tags=" + fault.tag))
                .doesNotContain("\"overallResult\":\"OK\"")
                .containsPattern(fault.words));
    eventually(() -> assertNamed(fault, ask("system/console/tapeflow")));
    eventually(() -> assertNamed(fault, ask("system/console/status-tapeflow.txt")));
    if (browser != null) {
      eventually(() -> assertNamed(fault, browser.text("cause")));
      assertThat(browser.console()).isEmpty();
    }
    if (!fault.phase.isEmpty()) {
      eventually(() -> assertDisconnected(fault));
    }
    int told = demo.out().size();
    demo.type("tapeflow:verify");
    eventually(
        () -> assertNamed(fault, String.join("\n", demo.out().subList(told, demo.out().size()))));
  }

  private static void assertNamed(Fault fault, String text) {
    assertThat(text).contains(fault.cause).containsPattern(fault.words);
  }

  private static void assertDisconnected(Fault fault) throws IOException, InterruptedException {
    assertThat(
            operator.get("tapeflow/api/streams").path(0).path("lastError").path("phase").asText())
        .isEqualTo(fault.phase);
    assertThat(ask("metrics"))
        .containsPattern("tapeflow_stream_state\\{.*\"(CONNECTING|BACKING_OFF)\".*} 1");
    assertThat(operator.ask("system/health.txt?tags=connection").statusCode()).isEqualTo(503);
    assertThat(operator.ask("system/health.txt?tags=tasks").statusCode()).isEqualTo(200);
    if (browser != null) {
      assertThat(browser.text("connection")).containsPattern("CONNECTING|BACKING_OFF");
    }
  }

  private static String ask(String path) throws IOException, InterruptedException {
    return operator.ask(path).body();
  }

  private static void awaitHealthy() {
    eventually(
        () ->
            assertThat(operator.get("tapeflow/api/verification").path("rootCause").asText())
                .startsWith("Nothing fails"));
  }

  private static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
    await()
        .atMost(TapeflowProcess.PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(assertion);
  }
}
