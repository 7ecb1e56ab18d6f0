package io.tapeflow.web;

import static io.tapeflow.web.Samples.BTC;
import static io.tapeflow.web.Samples.ETH;
import static io.tapeflow.web.Samples.account;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.ListenerStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.task.Heartbeat;
import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.api.task.TaskInfo;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.TaskScope;
import io.tapeflow.web.Samples.FakeOrderFlow;
import io.tapeflow.web.Samples.FakeStream;
import java.net.http.HttpResponse;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrometheusTest {
  private static final TradeStream FEED =
      new FakeStream(
          Samples.live(
              "a",
              account(BTC, InstrumentState.LIVE, 300),
              account(ETH, InstrumentState.WAITING_FOR_DATA, 0)),
          null);

  private Connections connections;
  private TestServer server;

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private void serve(Map<String, Object> configuration, TradeStream... streams) throws Exception {
    OrderFlow orderFlow = new FakeOrderFlow(List.of(BTC, ETH));
    LiveServices services =
        new LiveServices(
            List.of(streams),
            orderFlow,
            new Samples.FakeVerification(),
            List.of(
                () -> List.of(listener("host", 3), listener("host", 7), listener("a\"b\\c\n", 0))),
            List.of(PrometheusTest::ledger),
            null);
    CurrentSettings settings = TestServer.settings(configuration);
    connections = new Connections(settings);
    TaskScope scope = new TaskScope("web", Clock.SYSTEM);
    EventHub hub = new EventHub(services, settings, scope, Clock.SYSTEM, listener -> () -> {});
    server =
        new TestServer()
            .with("/metrics", new PrometheusServlet(services, settings, hub, connections))
            .start();
  }

  private static ListenerStatus listener(String name, long lag) {
    return new ListenerStatus(
        name, 100, lag, 2, 1, "broken", Duration.ofMillis(250), Samples.DELAYS);
  }

  private static LedgerStatus ledger() {
    return new LedgerStatus(
        "metrics",
        10,
        6,
        2,
        1,
        List.of(new TaskInfo("thread", "t", Duration.ZERO)),
        List.of(new TaskInfo("thread", "u", Duration.ZERO)),
        List.of(new Heartbeat("loop", Duration.ofMillis(1_500))),
        null,
        0);
  }

  private ExpositionText page() throws Exception {
    HttpResponse<String> answer = server.get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    return new ExpositionText(answer.body());
  }

  @Test
  void saysHowTheLastAttemptEnded() throws Exception {
    serve(Map.of(), new FakeStream(Samples.backingOff("b"), null));

    assertThat(
            page()
                .value(
                    "tapeflow_stream_error_timestamp_seconds",
                    "venue",
                    "binance-spot",
                    "stream",
                    "b",
                    "kind",
                    "TIMEOUT",
                    "phase",
                    "UPGRADE",
                    "code",
                    ""))
        .isEqualTo(Samples.NOW.toEpochMilli() / 1_000.0);
  }

  @Test
  void saysWhatTheServicesSay() throws Exception {
    serve(Map.of(), FEED);

    ExpositionText page = page();

    String key = "binance-spot:BTCUSDT";
    assertThat(
            page.value(
                "tapeflow_stream_state",
                "venue",
                "binance-spot",
                "stream",
                "a",
                "tapeflow_stream_state",
                "LIVE"))
        .isEqualTo(1);
    assertThat(
            page.value(
                "tapeflow_stream_state",
                "venue",
                "binance-spot",
                "stream",
                "a",
                "tapeflow_stream_state",
                "STALLED"))
        .isZero();
    assertThat(page.value("tapeflow_trades_delivered_total", "instrument", key)).isEqualTo(300);
    assertThat(page.value("tapeflow_trades_repaired_total", "instrument", key)).isEqualTo(4);
    assertThat(page.value("tapeflow_trade_gaps_total", "instrument", key)).isEqualTo(3);
    assertThat(page.value("tapeflow_trade_ids_missing", "instrument", key)).isEqualTo(5);
    assertThat(
            page.value(
                "tapeflow_feed_latency_recent_seconds", "instrument", key, "quantile", "0.99"))
        .isEqualTo(0.08);
    assertThat(page.type("tapeflow_feed_latency_recent_seconds")).isEqualTo("summary");
    assertThat(page.type("tapeflow_feed_latency_seconds")).isEqualTo("histogram");
    assertThat(page.value("tapeflow_feed_latency_seconds_bucket", "instrument", key, "le", "0.01"))
        .isEqualTo(7);
    assertThat(page.value("tapeflow_feed_latency_seconds_bucket", "instrument", key, "le", "60.0"))
        .isEqualTo(9);
    assertThat(page.value("tapeflow_feed_latency_seconds_bucket", "instrument", key, "le", "+Inf"))
        .isEqualTo(10);
    assertThat(page.value("tapeflow_feed_latency_seconds_sum", "instrument", key)).isEqualTo(61.04);
    assertThat(page.value("tapeflow_listener_wait_seconds_count", "listener", "host"))
        .isEqualTo(10);
    assertThat(page.value("tapeflow_last_received_timestamp_seconds", "instrument", key))
        .isEqualTo((double) Samples.NOW.getEpochSecond());
    assertThat(page.value("tapeflow_listener_lag_trades", "listener", "host")).isEqualTo(3);
    assertThat(page.value("tapeflow_tasks_ended_total", "owner", "metrics", "outcome", "finished"))
        .isEqualTo(5);
    assertThat(page.value("tapeflow_tasks_abandoned", "owner", "metrics")).isEqualTo(1);
    assertThat(page.value("tapeflow_heartbeat_age_seconds", "owner", "metrics", "executor", "loop"))
        .isEqualTo(1.5);
    assertThat(page.value("tapeflow_metrics", "instrument", key, "status", "OK")).isEqualTo(4);
    assertThat(page.value("tapeflow_metrics", "instrument", key, "status", "WARMING_UP"))
        .isEqualTo(1);
    assertThat(
            page.value("tapeflow_check", "check", "1 No task destroyed", "tapeflow_check", "FAIL"))
        .isEqualTo(1);
    assertThat(page.value("tapeflow_scrape_failures")).isZero();
  }

  @Test
  void connectionsAreToldWhereTheyAreCounted() throws Exception {
    serve(Map.of("connections", 1), FEED);
    assertThat(page().value("tapeflow_http_connections")).isNull();

    ConnectionTable table = connections.count();
    connections.enter(table, new FakeChannel());
    Channel busy = new FakeChannel();
    connections.enter(table, busy);
    table.begin(busy);
    connections.enter(table, new FakeChannel());

    ExpositionText page = page();
    assertThat(page.value("tapeflow_http_connections")).isEqualTo(1);
    assertThat(page.value("tapeflow_http_connections_limit")).isEqualTo(1);
    assertThat(page.value("tapeflow_http_connections_closed_total")).isEqualTo(1);
    assertThat(page.value("tapeflow_http_connections_refused_total")).isEqualTo(1);
  }

  @Test
  void onlyNumbersThatCanBeActedUponHaveASeries() throws Exception {
    serve(Map.of(), FEED);

    ExpositionText page = page();

    String key = "binance-spot:BTCUSDT";
    assertThat(page.value("tapeflow_metric_value", "instrument", key, "metric", "delta.60s"))
        .isEqualTo(-1_200);
    // Incomplete, without a value, a word, a table.
    for (String metric : List.of("cvd.start", "delta.300s", "dominant.60s", "zones.60s")) {
      assertThat(page.value("tapeflow_metric_value", "instrument", key, "metric", metric)).isNull();
    }
  }

  @Test
  void seriesOfValuesHaveALimit() throws Exception {
    serve(Map.of("prometheus.values", 1), FEED);

    ExpositionText page = page();

    assertThat(page.count("tapeflow_metric_value")).isEqualTo(1);
    assertThat(page.value("tapeflow_metric_values_omitted")).isEqualTo(1);
  }

  @Test
  void namesThatAreTheSameAreToldApart() throws Exception {
    serve(Map.of(), FEED);

    assertThat(page().value("tapeflow_listener_lag_trades", "listener", "host#2")).isEqualTo(7);
  }

  @Test
  void aServiceThatFailsTakesNothingFromTheOthers() throws Exception {
    serve(Map.of(), new FakeStream(null, null), FEED);

    ExpositionText page = page();

    assertThat(page.value("tapeflow_scrape_failures")).isEqualTo(1);
    assertThat(page.value("tapeflow_trades_delivered_total", "instrument", "binance-spot:BTCUSDT"))
        .isEqualTo(300);
  }

  @Test
  void openMetricsIsSpokenToThoseWhoAskForIt() throws Exception {
    serve(Map.of(), FEED);

    HttpResponse<String> answer =
        server.get("/metrics", "Accept", "application/openmetrics-text; version=1.0.0");

    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/openmetrics-text");
    assertThat(answer.body()).endsWith("# EOF\n").contains("# TYPE tapeflow_stream_state stateset");
  }

  @Test
  void onlyReadingIsAllowed() throws Exception {
    serve(Map.of(), FEED);

    assertThat(server.send("POST", "/metrics").statusCode()).isEqualTo(405);
    assertThat(server.send("HEAD", "/metrics").body()).isEmpty();
  }
}
