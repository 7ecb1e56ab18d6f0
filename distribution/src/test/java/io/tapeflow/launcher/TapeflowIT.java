package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code bin/tapeflow} of the assembled home, as a person would. */
class TapeflowIT {
  private static final Path COMMAND =
      Path.of(System.getProperty("tapeflow.distribution"), "bin", "tapeflow");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern DASHBOARD = Pattern.compile("Dashboard +(http://\\S+/)tapeflow/");

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void isExecutable() {
    assertThat(COMMAND).isExecutable();
  }

  @Test
  void refusesAnUnknownFlagAndStartsNothing() throws Exception {
    Process process = start("demo", "--loud", "--home", folder.resolve("home").toString());

    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(err()).hasSize(1).first().asString().contains("'--loud'");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void checksPlansAndStartsNothing() throws Exception {
    Path right =
        Files.writeString(
            folder.resolve("right.yaml"),
            """
            id: a
            instrument: BTCUSDT
            direction: BUY
            conditions: {delta_positive: true, vwap_deviation: {threshold: 2.0, direction: below}}
            """);
    Path wrong =
        Files.writeString(
            folder.resolve("wrong.yaml"),
            """
            id: b
            instrument: BTCUSDT
            direction: UP
            conditions: {delta_positiv: true}
            ---
            id: c
            instrument: BTCUSDT
            direction: BUY
            conditions: delta.60s > 5 quote
            """);

    Process process = start("plan-check", right.toString());
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(this::told).isZero();

    process = start("plan-check", right.toString(), wrong.toString());
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(err()).hasSize(2);
    assertThat(err().get(0)).contains("wrong.yaml:3:12: b: direction");
    assertThat(err().get(1)).contains("wrong.yaml:9:13: c: conditions: delta.60s (base)");

    process = start("plan-check", folder.resolve("missing.yaml").toString());
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
  }

  @Test
  void saysWhichJavaItNeeds() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(COMMAND.toString(), "demo");
    builder.environment().put("JAVA_HOME", folder.toString());

    Process process = start(builder);

    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(err()).hasSize(1).first().asString().contains("JAVA_HOME", "17");
  }

  @Test
  void aRunAgainstAVenueThatNeverSpeaksStopsCleanly() throws Exception {
    try (ServerSocket silent =
        new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      Process process =
          start(
              "run",
              "--venue=binance-spot",
              "--symbols=BTCUSDT",
              "--ws-endpoint=ws://127.0.0.1:" + silent.getLocalPort(),
              "--report-json",
              "--http-port=0",
              "--home=" + folder.resolve("home"));
      awaitLine(process, "CONNECTING");

      process.destroy();

      assertStopped(process);
      assertThat(out().get(out().size() - 1)).startsWith("{\"trades\":0,").endsWith("}");
    }
  }

  @Test
  void aSignalDuringTheStartStopsItToo() throws Exception {
    Process process = start("demo", "--http-port=0", "--home=" + folder.resolve("home"));
    awaitLine(process, "Tapeflow");

    process.destroy();

    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(this::told).isZero();
  }

  @Test
  void theDemoShowsTradesAndFlowAndVerifies() throws Exception {
    Path home = folder.resolve("home");
    Process process = start("demo", "--http-port=0", "--home=" + home);
    awaitLine(process, "BTCUSDT  last ");
    awaitLine(process, "ETHUSDT  last ");
    awaitLine(process, "Checks: ");
    assertThat(err()).isEmpty();
    URI dashboard = dashboard();

    String password = Files.readString(home.resolve("conf/console.password")).strip();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(console(dashboard, "admin", password)).isEqualTo(200));
    assertThat(console(dashboard, "admin", "admin")).isEqualTo(401);
    assertThat(told()).doesNotContain(password);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(status(dashboard, "/system/health.txt")).isEqualTo(200));
    await().atMost(PATIENCE).until(() -> exitOf("verify", "--url=" + dashboard) == 0);

    process.destroy();
    assertStopped(process);
  }

  private void assertStopped(Process process) throws Exception {
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).as(this::told).isTrue();
    assertThat(process.exitValue()).as(this::told).isZero();
    assertThat(out()).contains("Abandoned tasks: 0");
  }

  private int exitOf(String... args) throws Exception {
    List<String> line = new ArrayList<>(List.of(COMMAND.toString()));
    line.addAll(List.of(args));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    started.add(process);
    return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  private Process start(String... args) throws Exception {
    List<String> line = new ArrayList<>(List.of(COMMAND.toString()));
    line.addAll(List.of(args));
    return start(new ProcessBuilder(line));
  }

  /** With its input closed, as under a service manager. */
  private Process start(ProcessBuilder builder) throws Exception {
    Process process =
        builder
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    started.add(process);
    process.getOutputStream().close();
    return process;
  }

  private void awaitLine(Process process, String part) {
    await()
        .atMost(PATIENCE)
        .failFast("the process has ended", () -> !process.isAlive())
        .untilAsserted(() -> assertThat(told()).contains(part));
  }

  private URI dashboard() throws Exception {
    Matcher matcher = DASHBOARD.matcher(String.join("\n", out()));
    assertThat(matcher.find()).isTrue();
    return URI.create(matcher.group(1));
  }

  private static int console(URI instance, String user, String password) throws Exception {
    String credentials = user + ":" + password;
    HttpRequest request =
        HttpRequest.newBuilder(instance.resolve("/system/console/bundles"))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static int status(URI instance, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(instance.resolve(path)).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private List<String> out() throws Exception {
    return Files.readAllLines(folder.resolve("out"));
  }

  private List<String> err() throws Exception {
    return Files.readAllLines(folder.resolve("err"));
  }

  private String told() {
    try {
      return String.join("\n", out()) + "\n" + String.join("\n", err());
    } catch (Exception e) {
      return e.toString();
    }
  }
}
