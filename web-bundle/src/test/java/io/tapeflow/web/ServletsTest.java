package io.tapeflow.web;

import static io.tapeflow.web.Samples.BTC;
import static io.tapeflow.web.Samples.ETH;
import static io.tapeflow.web.Samples.OTHER_ETH;
import static io.tapeflow.web.Samples.SOL;
import static io.tapeflow.web.Samples.account;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.web.Samples.FakeHistory;
import io.tapeflow.web.Samples.FakeOrderFlow;
import io.tapeflow.web.Samples.FakeStream;
import io.tapeflow.web.Samples.FakeVerification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The servlets in a real server, asked by a real client. */
class ServletsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private Server server;

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.stop();
    }
  }

  private void serve(LiveServices services) throws Exception {
    server = new Server(0);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(new ApiServlet(services)), "/tapeflow/api/*");
    context.addServlet(new ServletHolder(new PageServlet()), "/tapeflow/*");
    server.setHandler(context);
    server.start();
  }

  private void serveAll() throws Exception {
    TradeStream a =
        new FakeStream(
            Samples.live(
                "a",
                account(BTC, InstrumentState.LIVE, 300),
                account(ETH, InstrumentState.WAITING_FOR_DATA, 0)),
            new FakeHistory(BTC, 300));
    TradeStream b =
        new FakeStream(
            Samples.backingOff(
                "b",
                account(BTC, InstrumentState.CLAIMED_ELSEWHERE, 0),
                account(OTHER_ETH, InstrumentState.DISCONNECTED, 4)),
            new FakeHistory(OTHER_ETH, 4));
    serve(
        new LiveServices(
            List.of(b, a), new FakeOrderFlow(List.of(BTC, SOL)), new FakeVerification()));
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    int port = ((NetworkConnector) server.getConnectors()[0]).getLocalPort();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> response = send("GET", path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertHeaders(response);
    return JSON.readTree(response.body());
  }

  private JsonNode problem(int status, String path) throws Exception {
    HttpResponse<String> response = send("GET", path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertHeaders(response);
    JsonNode body = JSON.readTree(response.body());
    assertThat(body.path("status").intValue()).isEqualTo(status);
    assertThat(body.path("title").textValue()).isNotEmpty();
    return body;
  }

  private static void assertHeaders(HttpResponse<?> response) {
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  private static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::textValue).toList();
  }

  @Test
  void streamsInTheOrderOfTheirIds() throws Exception {
    serveAll();

    JsonNode streams = get("/tapeflow/api/streams");

    assertThat(streams).hasSize(2);
    assertThat(streams.path(0).path("state").textValue()).isEqualTo("LIVE");
    assertThat(streams.path(0).path("lastError").isNull()).isTrue();
    assertThat(streams.path(0).path("nextRetryAt").isNull()).isTrue();
    assertThat(streams.path(0).path("rolloverAt").textValue()).isEqualTo("2026-01-05T10:13:20Z");
    assertThat(streams.path(0).path("clock"))
        .isEqualTo(
            JSON.readTree(
                """
                {"skew":-1.5,"roundTrip":0.04,"measuredAt":"2026-01-04T11:59:51Z"}
                """));
    assertThat(streams.path(0).path("budgets"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"name":"REST weight","scope":"host","used":1800,"limit":1800,"window":60.0,
                  "waitingUntil":"2026-01-04T12:00:07Z","reason":"wait"}]
                """));
    assertThat(streams.path(1))
        .isEqualTo(
            JSON.readTree(
                """
                {"id":"b","venue":"binance-spot","endpoint":"ws://127.0.0.1:9443",
                 "state":"BACKING_OFF","since":"2026-01-04T12:00:00Z","phase":null,"attempt":2,
                 "deadline":10.0,
                 "lastError":{"kind":"TIMEOUT","phase":"UPGRADE","message":"no answer","code":null,
                              "at":"2026-01-04T12:00:00Z"},
                 "nextRetryAt":"2026-01-04T12:00:02Z","connections":0,"openSockets":0,
                 "rolloverAt":null,
                 "attempts":{"started":2,"connected":0,"failed":2,"cancelled":0,"open":0},
                 "malformed":7,"lastMalformed":"no price","clock":null,"budgets":[],
                 "instruments":[
                   {"instrument":"BTCUSDT","key":"binance-spot:BTCUSDT","symbol":"BTCUSDT",
                    "state":"CLAIMED_ELSEWHERE","reason":"because of CLAIMED_ELSEWHERE",
                    "firstId":null,"lastId":null,"received":1,"delivered":0,"duplicates":1,
                    "rejected":2,"gaps":3,"repaired":4,"absent":0,"amended":0,"unrepaired":5,"inherited":8,
                    "generation":6,"renewals":7,"lastTradeAt":null,"lastReceivedAt":null,"coverage":35.5,"historySize":0,
                    "historyBytes":0,"latency":null},
                   {"instrument":"other:ETHUSDT","key":"other:ETHUSDT","symbol":"ETHUSDT",
                    "state":"DISCONNECTED","reason":"because of DISCONNECTED",
                    "firstId":1,"lastId":4,"received":5,"delivered":6,"duplicates":1,
                    "rejected":2,"gaps":3,"repaired":6,"absent":0,"amended":2,"unrepaired":5,"inherited":8,
                    "generation":6,"renewals":7,"lastTradeAt":"2026-01-04T11:59:59.750Z",
                    "lastReceivedAt":"2026-01-04T12:00:00Z","coverage":35.5,"historySize":4,
                    "historyBytes":192,
                    "latency":{"samples":4,"p50":0.004,"p99":0.08,"max":1.25}}],
                 "timeline":[{"at":"2026-01-04T12:00:00Z","state":"BACKING_OFF",
                              "detail":"for 2000 ms"}],
                 "options":{}}
                """));
  }

  @Test
  void instrumentsOfStreamsAndOfTheOrderFlow() throws Exception {
    serveAll();

    JsonNode instruments = get("/tapeflow/api/instruments");

    assertThat(instruments.findValuesAsText("instrument"))
        .containsExactly(
            "BTCUSDT",
            // Two venues have this one.
            "binance-spot:ETHUSDT",
            "SOLUSDT",
            "other:ETHUSDT");
    // The stream that carries it, not the one that leaves it alone.
    assertThat(instruments.path(0).path("stream").textValue()).isEqualTo("a");
    assertThat(instruments.path(0).path("state").textValue()).isEqualTo("LIVE");
    assertThat(instruments.path(0).path("priceScale").intValue()).isEqualTo(2);
    assertThat(instruments.path(2).path("stream").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"BTCUSDT", "binance-spot:BTCUSDT", "binance-spot%3ABTCUSDT"})
  void metricsBySymbolOrKey(String name) throws Exception {
    serveAll();

    assertThat(get("/tapeflow/api/metrics/" + name))
        .isEqualTo(
            JSON.readTree(
                """
                {"instrument":"BTCUSDT","key":"binance-spot:BTCUSDT","status":"OK","reason":"",
                 "asOf":"2026-01-04T12:00:00Z","lastTradeId":30,"age":1.5,"skew":-0.02,
                 "metrics":{
                   "delta.60s":{"value":"-1200","unit":"base","status":"OK",
                     "reason":"","asOf":"2026-01-04T12:00:00Z","coverage":35.5,
                     "complete":true,"firstId":1,"lastId":30,"gaps":[],
                     "repaired":0,"provenance":"AGGRESSOR_EXACT"},
                   "dominant.60s":{"value":"SELL","unit":null,"status":"OK",
                     "reason":"","asOf":"2026-01-04T12:00:00Z","coverage":35.5,
                     "complete":true,"firstId":1,"lastId":30,"gaps":[],
                     "repaired":0,"provenance":"AGGRESSOR_EXACT"},
                   "delta.300s":{"value":null,"unit":null,"status":"WARMING_UP",
                     "reason":"35.5 s of 300 s","asOf":"2026-01-04T12:00:00Z","coverage":35.5,
                     "complete":true,"firstId":null,"lastId":null,"gaps":[],
                     "repaired":0,"provenance":"AGGRESSOR_EXACT"},
                   "zones.60s":{"value":[{"price":"100","side":"BUY"}],"unit":null,"status":"OK",
                     "reason":"","asOf":"2026-01-04T12:00:00Z","coverage":35.5,
                     "complete":true,"firstId":1,"lastId":30,"gaps":[],
                     "repaired":0,"provenance":"AGGRESSOR_EXACT"},
                   "cvd.start":{"value":"7.50","unit":null,"status":"OK",
                     "reason":"","asOf":"2026-01-04T12:00:00Z","coverage":90.0,
                     "complete":false,"firstId":1,"lastId":30,"gaps":[{"firstId":4,"lastId":6}],
                     "repaired":2,"provenance":"ESTIMATED_BVC"}}}
                """));
  }

  @Test
  void metricsOfAnInstrumentThatOnlyAStreamKnows() throws Exception {
    serveAll();

    JsonNode metrics = get("/tapeflow/api/metrics/other:ETHUSDT");

    assertThat(metrics.path("status").textValue()).isEqualTo("UNKNOWN_INSTRUMENT");
    assertThat(metrics.path("asOf").isNull()).isTrue();
    assertThat(metrics.path("lastTradeId").isNull()).isTrue();
  }

  @Test
  void tradesNewestLast() throws Exception {
    serveAll();

    assertThat(get("/tapeflow/api/trades/BTCUSDT?limit=2"))
        .isEqualTo(
            JSON.readTree(
                """
                {"instrument":"BTCUSDT","key":"binance-spot:BTCUSDT","status":"OK","reason":"","coverage":35.5,
                 "trades":[
                   {"id":299,"price":"64012.30","quantity":"0.00001",
                    "time":"2026-01-04T12:00:00.120000Z","timeMicros":1767528000120000,
                    "side":"SELL","fills":2,"repaired":false,"block":false},
                   {"id":300,"price":"64012.31","quantity":"0.00001",
                    "time":"2026-01-04T12:00:00.120001Z","timeMicros":1767528000120001,
                    "side":"BUY","fills":2,"repaired":true,"block":false}]}
                """));
    assertThat(get("/tapeflow/api/trades/BTCUSDT").path("trades")).hasSize(100);
    assertThat(get("/tapeflow/api/trades/BTCUSDT?limit=10000").path("trades")).hasSize(300);
  }

  @Test
  void tradesSayWhenTheyAreStaleOrNone() throws Exception {
    serveAll();

    JsonNode stale = get("/tapeflow/api/trades/other:ETHUSDT");
    assertThat(stale.path("status").textValue()).isEqualTo("STALE");
    assertThat(stale.path("reason").textValue()).isEqualTo("because of DISCONNECTED");
    assertThat(stale.path("trades")).hasSize(4);
    JsonNode none = get("/tapeflow/api/trades/binance-spot:ETHUSDT");
    assertThat(none.path("status").textValue()).isEqualTo("NO_DATA");
    assertThat(none.path("reason").textValue()).isEqualTo("because of WAITING_FOR_DATA");
    assertThat(none.path("trades").isArray()).isTrue();
    assertThat(none.path("trades")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10001", "-1", "many", "", "1.5"})
  void aLimitThatIsNoneIsRefused(String limit) throws Exception {
    serveAll();

    assertThat(
            problem(400, "/tapeflow/api/trades/BTCUSDT?limit=" + limit).path("detail").textValue())
        .isEqualTo("limit is a whole number from 1 to 10000, not '" + limit + "'");
  }

  @Test
  void verificationIsAnsweredEvenIfItFails() throws Exception {
    serveAll();

    JsonNode report = get("/tapeflow/api/verification");

    assertThat(report.path("checks").path(0).path("evidence").path(0).textValue())
        .isEqualTo("written as JSON");
    assertThat(report.path("rootCause").textValue()).isEqualTo("FAIL");
  }

  @Test
  void anUnknownInstrumentIsAnsweredByThoseThatExist() throws Exception {
    serveAll();

    assertThat(strings(problem(404, "/tapeflow/api/metrics/btcusdt").path("available")))
        .containsExactly(
            "binance-spot:BTCUSDT",
            "binance-spot:ETHUSDT",
            "binance-spot:SOLUSDT",
            "other:ETHUSDT");
    assertThat(strings(problem(404, "/tapeflow/api/trades/SOLUSDT").path("available")))
        .containsExactly("binance-spot:BTCUSDT", "binance-spot:ETHUSDT", "other:ETHUSDT");
    assertThat(problem(404, "/tapeflow/api/trades/*").path("detail").textValue())
        .isEqualTo("There is no instrument *");
  }

  @Test
  void anAmbiguousSymbolIsAnsweredByThoseItMayMean() throws Exception {
    serveAll();

    for (String resource : List.of("metrics", "trades")) {
      assertThat(strings(problem(409, "/tapeflow/api/" + resource + "/ETHUSDT").path("available")))
          .containsExactly("binance-spot:ETHUSDT", "other:ETHUSDT");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/nothing", "/metrics", "/streams/", "/metrics/BTCUSDT/delta", "/trades"})
  void anUnknownPathIsAnsweredByThoseThatExist(String path) throws Exception {
    serveAll();

    assertThat(strings(problem(404, "/tapeflow/api" + path).path("available")))
        .contains("/tapeflow/api/streams", "/tapeflow/api/metrics/{instrument}");
  }

  @Test
  void aMissingBundleIsNamed() throws Exception {
    serve(new LiveServices(List.of(), null, null));

    assertThat(problem(503, "/tapeflow/api/metrics/BTCUSDT").path("detail").textValue())
        .contains("metrics-bundle");
    assertThat(problem(503, "/tapeflow/api/verification").path("detail").textValue())
        .contains("console-bundle");
    assertThat(problem(503, "/tapeflow/api/plans").path("detail").textValue())
        .isEqualTo("plan-bundle is not installed");
    assertThat(get("/tapeflow/api/streams")).isEmpty();
    assertThat(get("/tapeflow/api/instruments")).isEmpty();
  }

  @Test
  void aServiceThatThrowsIsAnInternalError() throws Exception {
    serve(new LiveServices(List.of(new FakeStream(null, null)), null, null));

    assertThat(problem(500, "/tapeflow/api/streams").path("detail").textValue())
        .doesNotContain("NullPointer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
  void onlyReadingIsAllowed(String method) throws Exception {
    serveAll();

    for (String path : List.of("/tapeflow/api/streams", "/tapeflow/api/nothing", "/tapeflow/")) {
      HttpResponse<String> response = send(method, path);
      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
      assertHeaders(response);
    }
  }

  @Test
  void headHasTheHeadersAlone() throws Exception {
    serveAll();

    HttpResponse<String> head = send("HEAD", "/tapeflow/api/streams");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Type")).hasValue("application/json");
    assertHeaders(head);
  }

  @Test
  void thePageIsMadeOfFilesThatAreThereAndOfNothingElse() throws Exception {
    serveAll();

    HttpResponse<String> page = send("GET", "/tapeflow/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElse(""))
        .isEqualToIgnoringCase("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
    // The policy before it allows neither, nor anything from elsewhere.
    assertThat(page.body())
        .doesNotContainPattern("<script(?![^>]* src=)")
        .doesNotContain("<style", " style=", " onclick=", "http:", "https:", "//");
    Pattern reference = Pattern.compile("(?:(?:href|src)=\"|from './)([a-z]+\\.[a-z]+)[\"']");
    for (String file : PageServlet.FILES) {
      HttpResponse<String> answer = send("GET", "/tapeflow/" + file);
      assertThat(answer.statusCode()).as(file).isEqualTo(200);
      assertThat(answer.headers().firstValue("ETag")).isPresent();
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(PageServlet.FILES)
          .containsAll(reference.matcher(answer.body()).results().map(it -> it.group(1)).toList());
    }
  }

  @Test
  void theRootWithoutSlashLeadsThereAndOtherPagesDoNotExist() throws Exception {
    serveAll();

    HttpResponse<String> redirect = send("GET", "/tapeflow");
    assertThat(redirect.statusCode()).isEqualTo(302);
    assertThat(redirect.headers().firstValue("Location").orElse("")).endsWith("/tapeflow/");
    assertThat(send("GET", "/tapeflow/nothing").statusCode()).isEqualTo(404);
  }
}
