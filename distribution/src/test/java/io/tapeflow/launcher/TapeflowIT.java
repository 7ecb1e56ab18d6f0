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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code bin/tapeflow} of the assembled home, as a person would. */
class TapeflowIT {
  @TempDir private Path folder;
  private final List<TapeflowProcess> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(TapeflowProcess::close);
  }

  @Test
  void isExecutable() {
    assertThat(TapeflowProcess.COMMAND).isExecutable();
  }

  @Test
  void refusesAnUnknownFlagAndStartsNothing() throws Exception {
    TapeflowProcess tapeflow = start("demo", "--loud", "--home", folder.resolve("home").toString());

    assertThat(exitOf(tapeflow)).isEqualTo(2);
    assertThat(tapeflow.err()).hasSize(1).first().asString().contains("'--loud'");
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

    TapeflowProcess tapeflow = start("plan-check", right.toString());
    assertThat(exitOf(tapeflow)).as(tapeflow::told).isZero();

    tapeflow = start("plan-check", right.toString(), wrong.toString());
    assertThat(exitOf(tapeflow)).isEqualTo(2);
    assertThat(tapeflow.err()).hasSize(3);
    assertThat(tapeflow.err().get(0)).contains("wrong.yaml:3:12: b: direction");
    assertThat(tapeflow.err().get(1)).contains("wrong.yaml:4:14: b: conditions", "delta_positiv;");
    assertThat(tapeflow.err().get(2)).contains("wrong.yaml:9:13: c: conditions: delta.60s (base)");

    Path missing = folder.resolve("missing.yaml");
    tapeflow = start("plan-check", missing.toString(), folder.toString(), wrong.toString());
    assertThat(exitOf(tapeflow)).isEqualTo(2);
    assertThat(tapeflow.err()).hasSize(5);
    assertThat(tapeflow.err().get(0)).startsWith(missing + ": It cannot be read: ");
    assertThat(tapeflow.err().get(1)).startsWith(folder + ": It cannot be read: ");
  }

  @Test
  void saysWhichJavaItNeeds() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(TapeflowProcess.COMMAND.toString(), "demo");
    builder.environment().put("JAVA_HOME", folder.toString());

    TapeflowProcess tapeflow = start(builder);

    assertThat(exitOf(tapeflow)).isEqualTo(1);
    assertThat(tapeflow.err()).hasSize(1).first().asString().contains("JAVA_HOME", "17");
  }

  @Test
  void aRunAgainstAVenueThatNeverSpeaksStopsCleanly() throws Exception {
    try (ServerSocket silent =
        new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      TapeflowProcess tapeflow =
          start(
              "run",
              "--venue=binance-spot",
              "--symbols=BTCUSDT",
              "--ws-endpoint=ws://127.0.0.1:" + silent.getLocalPort(),
              "--report-json",
              "--http-port=0",
              "--home=" + folder.resolve("home"));
      tapeflow.awaitLine("CONNECTING");

      tapeflow.process().destroy();

      assertStopped(tapeflow);
      assertThat(tapeflow.out().get(tapeflow.out().size() - 1))
          .startsWith("{\"trades\":0,")
          .endsWith("}");
    }
  }

  @Test
  void aSignalDuringTheStartStopsItToo() throws Exception {
    TapeflowProcess tapeflow = start("demo", "--http-port=0", "--home=" + folder.resolve("home"));
    tapeflow.awaitLine("Tapeflow");

    tapeflow.process().destroy();

    assertThat(exitOf(tapeflow)).as(tapeflow::told).isZero();
  }

  @Test
  void theDemoShowsTradesAndFlowAndVerifies() throws Exception {
    Path home = folder.resolve("home");
    TapeflowProcess tapeflow = start("demo", "--http-port=0", "--home=" + home);
    tapeflow.awaitLine("BTCUSDT  last ");
    tapeflow.awaitLine("ETHUSDT  last ");
    tapeflow.awaitLine("Checks: ");
    assertThat(tapeflow.err()).isEmpty();
    URI dashboard = tapeflow.address();

    String password = Files.readString(home.resolve("conf/console.password")).strip();
    await()
        .atMost(TapeflowProcess.PATIENCE)
        .untilAsserted(() -> assertThat(console(dashboard, "admin", password)).isEqualTo(200));
    assertThat(console(dashboard, "admin", "admin")).isEqualTo(401);
    assertThat(tapeflow.told()).doesNotContain(password);
    await()
        .atMost(TapeflowProcess.PATIENCE)
        .untilAsserted(() -> assertThat(status(dashboard, "/system/health.txt")).isEqualTo(200));
    await().atMost(TapeflowProcess.PATIENCE).until(() -> verify(dashboard) == 0);

    tapeflow.process().destroy();
    assertStopped(tapeflow);
  }

  private void assertStopped(TapeflowProcess tapeflow) throws Exception {
    assertThat(tapeflow.process().waitFor(10, TimeUnit.SECONDS)).as(tapeflow::told).isTrue();
    assertThat(tapeflow.process().exitValue()).as(tapeflow::told).isZero();
    assertThat(tapeflow.out()).contains("Abandoned tasks: 0");
  }

  private int verify(URI dashboard) throws Exception {
    Path aside = Files.createTempDirectory(folder, "verify");
    return exitOf(ended(TapeflowProcess.start(aside, "verify", "--url=" + dashboard)));
  }

  private static int exitOf(TapeflowProcess tapeflow) throws Exception {
    boolean ended =
        tapeflow.process().waitFor(TapeflowProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(ended).as(tapeflow::told).isTrue();
    return tapeflow.process().exitValue();
  }

  /** With its input closed, as under a service manager. */
  private TapeflowProcess start(String... args) throws Exception {
    return ended(TapeflowProcess.start(folder, args));
  }

  private TapeflowProcess start(ProcessBuilder builder) throws Exception {
    return ended(TapeflowProcess.start(folder, builder));
  }

  private TapeflowProcess ended(TapeflowProcess tapeflow) throws Exception {
    started.add(tapeflow);
    tapeflow.process().getOutputStream().close();
    return tapeflow;
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
}
