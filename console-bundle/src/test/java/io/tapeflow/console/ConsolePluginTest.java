package io.tapeflow.console;

import static io.tapeflow.console.Samples.BTC;
import static io.tapeflow.console.Samples.account;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.stream.DelayCounts;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.ListenerStatus;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.trade.TradeHistory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.inventory.Format;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of the Web Console, and what goes into the support archive. */
class ConsolePluginTest {
  private static final String STREAM = "io.tapeflow.stream~demo";
  private static final String MARKUP = "<script>alert('x')</script>";

  private final AtomicInteger reconnects = new AtomicInteger();
  private final Scopes scopes = new Scopes(Samples.CLOCK, 10);
  private final LiveServices services =
      new LiveServices(
          List.of(new Reconnecting()),
          List.of(
              () ->
                  List.of(
                      new ListenerStatus(
                          MARKUP, 10, 3, 0, 0, null, Duration.ZERO, DelayCounts.NONE))),
          new FakeOrderFlow(BTC, Samples.snapshot(BTC, MetricStatus.OK, MetricStatus.OK)));
  private final VerificationService verification =
      new VerificationService(services, scopes, Samples.CLOCK);
  private final RecentObservation recent = new RecentObservation(services, scopes, Samples.CLOCK);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Server server = new Server(0);

  private final class Reconnecting implements TradeStream {
    @Override
    public StreamStatus status() {
      return new StreamSample().live(account(BTC, InstrumentState.LIVE, 100, 0)).status();
    }

    @Override
    public void reconnect() {
      reconnects.incrementAndGet();
    }

    @Override
    public Optional<TradeHistory> history(String instrument) {
      return Optional.empty();
    }
  }

  @BeforeEach
  void start() throws Exception {
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(
        new ServletHolder(new ConsolePlugin(recent, verification)), "/system/console/tapeflow");
    server.setHandler(context);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    int port = ((NetworkConnector) server.getConnectors()[0]).getLocalPort();
    URI uri = URI.create("http://127.0.0.1:" + port + "/system/console/tapeflow");
    return client.send(request.uri(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private String page() throws Exception {
    HttpResponse<String> response = send(HttpRequest.newBuilder().GET());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private HttpRequest.Builder post(String token, String action, String target) {
    String form =
        "token=%s&action=%s&target=%s"
            .formatted(token, action, URLEncoder.encode(target, StandardCharsets.UTF_8));
    return HttpRequest.newBuilder()
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form));
  }

  private String token() throws Exception {
    Matcher token = Pattern.compile("name=\"token\" value=\"([0-9a-f]{32})\"").matcher(page());
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  @Test
  void showsWhatTheServicesSay() throws Exception {
    String page = page();

    assertThat(page)
        .contains("No task destroyed", "binance-spot:BTCUSDT", STREAM, "trades flow")
        .contains(verification.verify().rootCause());
  }

  @Test
  void wordsOfOthersAreNoMarkup() throws Exception {
    assertThat(page()).doesNotContain(MARKUP).contains("&lt;script&gt;alert(&#39;x&#39;)");
  }

  @Test
  void theButtonReconnects() throws Exception {
    HttpResponse<String> response = send(post(token(), "reconnect", STREAM));

    assertThat(response.statusCode()).isEqualTo(303);
    assertThat(response.headers().firstValue("Location").orElse("")).contains("done=reconnects");
    assertThat(reconnects).hasValue(1);
    assertThat(send(post(token(), "verify", "")).statusCode()).isEqualTo(303);
  }

  @Test
  void aForeignPageCanDoNothing() throws Exception {
    String right = token();

    assertThat(send(post("", "reconnect", STREAM)).statusCode()).isEqualTo(403);
    assertThat(send(post("0".repeat(32), "reconnect", STREAM)).statusCode()).isEqualTo(403);
    assertThat(
            send(post(right, "reconnect", STREAM).header("Sec-Fetch-Site", "cross-site"))
                .statusCode())
        .isEqualTo(403);
    HttpRequest.Builder bare =
        HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString("action=reconnect"));
    assertThat(send(bare).statusCode()).isEqualTo(403);
    assertThat(reconnects).hasValue(0);
  }

  @Test
  void whatIsNotThereIsNotReconnected() throws Exception {
    assertThat(send(post(token(), "reconnect", "other")).statusCode()).isEqualTo(404);
    assertThat(send(post(token(), "explode", STREAM)).statusCode()).isEqualTo(400);
    assertThat(reconnects).hasValue(0);
  }

  @Test
  void theSupportArchiveHoldsReportStatusAndMetrics() {
    Commands commands = new Commands(services, scopes, verification, Samples.CLOCK);
    StateInventory inventory = new StateInventory(recent, commands, verification);

    assertThat(print(inventory, Format.TEXT))
        .contains("1 No task destroyed", "binance-spot:BTCUSDT", "Listeners", "Abandoned tasks: 0");
    assertThat(print(inventory, Format.JSON)).startsWith("{").contains("\"rootCause\"");
  }

  private static String print(StateInventory inventory, Format format) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    inventory.print(out, format, true);
    out.flush();
    return text.toString();
  }
}
