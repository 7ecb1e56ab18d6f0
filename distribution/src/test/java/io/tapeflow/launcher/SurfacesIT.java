package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An operator finds the cause of each fault on any one of the surfaces: page, API, Prometheus,
 * health, Web Console, support archive and shell; while it lasts, or afterwards if it heals at
 * once.
 *
 * <p>Not here, because nobody has to know: trades that are out of order or in fragments are put in
 * order or together, and nothing else comes of it. An announced end loses nothing; Prometheus
 * counts the new connection and says no more. A socket that is cut within a frame or goes silent
 * there is told as any other that is cut or goes silent, and an answer of REST that is late, cut,
 * shuffled or about something else as any other that does not help.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
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
      data.silence.min.ms = 1200
      """;

  private static Browser browser;
  private static TapeflowProcess demo;
  private static Operator operator;
  private static Path stream;

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

  /**
   * A fault that is over by itself or by a clear, and what is told of it from then on.
   *
   * @param reports in report, Web Console, support archive and shell, each of them
   * @param series what Prometheus has
   * @param tag the health check that tells it, too
   * @param page in the page's checks or among what happened
   */
  private record Passing(
      String name,
      List<String> commands,
      List<String> reports,
      List<String> series,
      String tag,
      String page) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Passing> passing() {
    return List.of(
        spoilt(),
        new Passing(
            "a symbol that is silent while others are not",
            List.of("fault SILENT_SYMBOL 0 ETHUSDT"),
            List.of("ETHUSDT has traded up to id \\d+, which did not come; subscribed anew"),
            List.of("tapeflow_instrument_renewals_total\\{.*ETHUSDT.*} 1"),
            "connection",
            "ETHUSDT SILENT: .*which did not come"),
        new Passing(
            "an end that is announced",
            List.of("fault SERVER_SHUTDOWN 1000"),
            List.of("without an interruption: goes on with a new connection: the venue says"),
            List.of("tapeflow_stream_connections_total\\{.*} 2"),
            "connection",
            "goes on with a new connection: the venue says"),
        ended("a close with a code", "CLOSE 1012", "CLOSED", "1012", "code 1012"),
        ended("a socket that is cut", "CLOSE 1006", "CLOSED", "", "ended without a word"),
        ended("a socket that goes silent", "HALF_OPEN", "IDLE", "", "no trade for|did not come"),
        ended("a message without end", "OVERSIZED", "CLOSED", "", "too large"),
        ended("a compressed frame", "COMPRESSED 2", "CLOSED", "1002", "RSV"));
  }

  /** Trades that are lost, doubled and spoilt, all of which is made good or left out. */
  private static Passing spoilt() {
    return new Passing(
        "trades lost, doubled and spoilt",
        List.of(
            "fault DROP 9",
            "fault DUPLICATE 5",
            "fault MALFORMED 7",
            "fault WRONG_JSON 8",
            "fault INVALID_UTF8 11"),
        List.of(
            "[1-9]\\d* duplicates",
            "[1-9]\\d* invalid",
            "[1-9]\\d* gaps, [1-9]\\d* trades repaired",
            "[1-9]\\d* frames could not be read, the last one: \\w+"),
        List.of(
            "tapeflow_trades_duplicate_total\\{.*} [1-9]",
            "tapeflow_trades_rejected_total\\{.*} [1-9]",
            "tapeflow_trades_repaired_total\\{.*} [1-9]",
            "tapeflow_stream_malformed_frames_total\\{.*} [1-9]"),
        "continuity",
        "[1-9]\\d* frames could not be read, the last one: \\w+");
  }

  /** A connection that was live, and is followed by another. */
  private static Passing ended(String name, String fault, String kind, String code, String words) {
    return new Passing(
        name,
        List.of("fault " + fault),
        List.of("the last fault was " + kind + " at [^:]+:\\d+:[0-9.]+Z: [^.]*(" + words + ")"),
        List.of(error(code, kind, "")),
        "connection",
        "binance-spot [A-Z_]+: [^.]*(" + words + ")");
  }

  private static String error(String code, String kind, String phase) {
    return "tapeflow_stream_error_timestamp_seconds\\{code=\"%s\",kind=\"%s\",phase=\"%s\""
        .formatted(code, kind, phase);
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
        error(kind.equals("HTTP") ? words : "", kind, phase),
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
    stream = home.resolve("run/io.tapeflow.stream-demo.cfg");
    demo = TapeflowProcess.start(folder, "demo", "--shell", "--http-port=0", "--home=" + home);
    operator = new Operator(demo.address(), home);
    awaitHealthy();
    Files.writeString(stream, HASTE, StandardOpenOption.APPEND);
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

  private static void heal() throws IOException {
    demo.type("fault clear");
    awaitHealthy();
  }

  @ParameterizedTest
  @MethodSource("passing")
  @Order(1)
  void everySurfaceTellsWhatIsOver(Passing fault) throws Exception {
    heal();
    for (String command : fault.commands) {
      demo.type(command);
    }
    eventually(() -> assertTold(fault, evidence()));
    heal();
    assertEverySurfaceTells(fault);
  }

  private static void assertEverySurfaceTells(Passing fault) throws Exception {
    assertTold(fault, evidence());
    String series = ask("metrics");
    assertThat(fault.series).allSatisfy(it -> assertThat(series).containsPattern(it));
    // Both look at what was seen up to half a second ago.
    eventually(() -> assertTold(fault, ask("system/health.json?tags=" + fault.tag)));
    eventually(() -> assertTold(fault, ask("system/console/tapeflow")));
    assertTold(fault, ask("system/console/status-tapeflow.txt"));
    if (browser != null) {
      eventually(
          () ->
              assertThat(
                      browser.<String>run(
                          "return document.getElementById('happened').textContent"
                              + " + document.getElementById('checks').textContent"))
                  .containsPattern(fault.page));
    }
    int told = demo.out().size();
    demo.type("tapeflow:verify");
    eventually(
        () -> assertTold(fault, String.join("\n", demo.out().subList(told, demo.out().size()))));
  }

  @ParameterizedTest
  @MethodSource("faults")
  @Order(2)
  void everySurfaceNamesTheCause(Fault fault) throws Exception {
    heal();
    assertEverySurfaceNames(fault);
  }

  /** By another name the venue's REST is another place: none has measured it, and nothing waits. */
  @Test
  @Order(3)
  void everySurfaceTellsOfAClockThatIsWrongAndOfABan() throws Exception {
    demo.type("fault clear");
    demo.type("fault CLOCK_AHEAD 10000");
    Path draft = stream.resolveSibling("draft");
    Files.writeString(
        draft, Files.readString(stream).replace("http://127.0.0.1", "http://localhost"));
    Files.move(draft, stream, StandardCopyOption.ATOMIC_MOVE);
    Passing skew =
        new Passing(
            "the venue's clock",
            List.of(),
            List.of("clock is (9|10)[0-9.]* s ahead of ours"),
            List.of("tapeflow_venue_clock_skew_seconds\\{.*} (9|10)\\."),
            "connection",
            "ahead of ours");
    eventually(() -> assertTold(skew, evidence()));
    heal();
    assertEverySurfaceTells(skew);

    assertEverySurfaceNames(hole("a ban", "REST_STATUS 418", "REST: .*HTTP status 418"));
    assertEverySurfaceTells(
        new Passing(
            "the ban",
            List.of(),
            List.of("waits until .*, REST weight of localhost.* answered HTTP status 418"),
            List.of("tapeflow_budget_waiting\\{.*localhost.*} 1"),
            "connection",
            "waits until .* answered HTTP status 418"));
  }

  private static void assertEverySurfaceNames(Fault fault) throws Exception {
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

  private static String evidence() throws IOException, InterruptedException {
    return ask("tapeflow/api/verification");
  }

  private static void assertTold(Passing fault, String text) {
    assertThat(fault.reports).allSatisfy(it -> assertThat(text).containsPattern(it));
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
