package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the person at the terminal reads while an instance runs. */
class ScreenTest {
  private static final String FLOW =
      """
      {"instrument":"binance-spot:BTCUSDT","status":"OK","reason":"","lastTradeId":7,"metrics":{
        "price.last":{"value":"64012.30","status":"OK"},
        "volume.buy.30s":{"value":"3.20000000","status":"OK","coverage":30},
        "volume.sell.30s":{"value":"2.10049","status":"OK","coverage":30},
        "delta.30s":{"value":"1.09951","status":"OK","coverage":30},
        "dominant.30s":{"value":"BUY","status":"OK","coverage":30},
        "cvd.start":{"value":"-1.5","status":"OK"}}}
      """;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(
          new PrintStream(written, true, StandardCharsets.UTF_8),
          new PrintStream(written, true, StandardCharsets.UTF_8));
  private FakeInstance instance;
  private Thread screen;

  @BeforeEach
  void start() throws Exception {
    instance = new FakeInstance();
  }

  @AfterEach
  void stop() throws Exception {
    screen.interrupt();
    screen.join();
    instance.close();
  }

  @Test
  void theDemoTellsTheFlowInWords() {
    instance
        .answer("streams", stream("'state':'LIVE'"))
        .answer("metrics/BTCUSDT", FLOW)
        .report("PASS", "Live.", "Nothing fails.");

    watch(new DemoScreen(List.of("BTCUSDT")));

    await()
        .untilAsserted(
            () ->
                assertThat(lines())
                    .containsExactly(
                        "BTCUSDT  last 64012.30  trades 312  last 30 s: bought 3.200, sold 2.100,"
                            + " delta +1.100 -> buyers in control  CVD -1.5  [OK]",
                        "Checks: 1 PASS  2 PASS  3 PASS  4 PASS  5 PASS  6 PASS",
                        "From now on every 10 s."));
  }

  @Test
  void theDemoSaysHowMuchOfTheWindowThereHasBeen() {
    instance
        .answer("streams", stream("'state':'LIVE'"))
        .answer(
            "metrics/BTCUSDT",
            """
            {"status":"WARMING_UP","reason":"just started","lastTradeId":7,"metrics":{
              "price.last":{"value":"1.5","status":"OK"},
              "delta.30s":{"value":"0","status":"WARMING_UP","coverage":4.9},
              "dominant.30s":{"value":"NEUTRAL","status":"WARMING_UP","coverage":4.9}}}
            """)
        .report("FAIL", "No connection.", "The venue refuses.");

    watch(new DemoScreen(List.of("BTCUSDT")));

    await()
        .untilAsserted(
            () ->
                assertThat(lines())
                    .startsWith(
                        "BTCUSDT  last 1.5  trades 312  last 4 of 30 s: bought -, sold -, delta 0"
                            + " -> so far neither side in control  CVD -"
                            + "  [WARMING_UP: just started]",
                        "Checks: 1 PASS  2 PASS  3 PASS  4 FAIL (Check no 4: No connection.)  5"
                            + " PASS  6 PASS",
                        "Root cause: The venue refuses."));
  }

  @Test
  void aRunTellsEachChangeOnce() {
    instance
        .answer(
            "streams", stream("'state':'CONNECTING','phase':'TCP','attempt':1,'lastError':null"))
        .report("CANNOT_VERIFY", "Under way.", "Nothing fails.");
    watch(new RunScreen("x", false));
    awaitLine("binance-spot: CONNECTING (TCP), attempt 1");
    awaitLine("Check 4, Check no 4: CANNOT_VERIFY. Under way.");

    instance.answer(
        "streams",
        stream(
            "'state':'BACKING_OFF','phase':null,'lastError':{'kind':'TIMEOUT','phase':'UPGRADE',"
                + "'message':'no answer within 10 s'},'nextRetryAt':'2026-01-01T00:00:07Z'"));
    awaitLine("BACKING_OFF after TIMEOUT in UPGRADE (no answer within 10 s), next attempt at ");
    instance.report("FAIL", "It does not.", "UPGRADE hangs.");
    awaitLine("Check 4, Check no 4: FAIL. It does not.");
    awaitLine("Root cause: UPGRADE hangs.");

    instance.answer("streams", stream("'state':'LIVE','phase':null"));
    awaitLine("binance-spot: LIVE");

    // Much has been asked meanwhile, and nothing is there twice.
    assertThat(lines().stream().map(line -> line.substring(10))).doesNotHaveDuplicates();
  }

  @Test
  void aRunEndsWithAReportForMachinesIfAsked() throws Exception {
    instance
        .answer(
            "streams",
            stream("'state':'LIVE'")
                .replace("312}", "312,\"lastId\":77,\"latency\":{\"p50\":0.002}}"))
        .answer("metrics/binance-spot:BTCUSDT", FLOW)
        .answer(
            "metrics",
            """
            [{"instrument": "binance-spot:BTCUSDT", "metrics": {"cvd.start": {"value": "-1.5"}}}]
            """);
    watch(new RunScreen("x", false));

    assertThat(new RunScreen("x", false).lastLine(instance.api())).isEmpty();
    JsonNode report =
        new ObjectMapper().readTree(new RunScreen("x", true).lastLine(instance.api()));
    assertThat(report.path("trades").asLong()).isEqualTo(312);
    JsonNode bitcoin = report.path("instruments").path("binance-spot:BTCUSDT");
    assertThat(bitcoin.path("trades").asLong()).isEqualTo(312);
    assertThat(bitcoin.path("lastId").asLong()).isEqualTo(77);
    assertThat(bitcoin.path("cvd").asText()).isEqualTo("-1.5");
    assertThat(bitcoin.path("latencySeconds").path("p50").asDouble()).isEqualTo(0.002);
    assertThat(report.path("wallSeconds").asDouble()).isPositive();
    assertThat(report.path("cpuSeconds").asDouble()).isPositive();
    assertThat(report.path("allocatedBytes").asLong()).isGreaterThan(1_000_000);
  }

  @Test
  void aRunSaysThatTheApiIsGone() {
    watch(new RunScreen("x", false));

    awaitLine("gives no answer: HTTP status 404");
  }

  private static String stream(String state) {
    return "[{'id':'a','venue':'binance-spot',%s,'instruments':[{'symbol':'BTCUSDT','instrument':'binance-spot:BTCUSDT','state':'LIVE','delivered':312}]}]"
        .formatted(state)
        .replace('\'', '"');
  }

  private void watch(Screen watching) {
    screen =
        new Thread(
            () -> {
              try {
                watching.watch(instance.api(), terminal);
              } catch (InterruptedException e) {
                // The test is over.
              }
            });
    screen.start();
  }

  private void awaitLine(String part) {
    await().untilAsserted(() -> assertThat(lines()).anyMatch(line -> line.contains(part)));
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
