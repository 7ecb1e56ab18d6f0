package io.tapeflow.simulator;

import static io.tapeflow.api.simulator.FaultKind.REST_EMPTY;
import static io.tapeflow.api.simulator.FaultKind.REST_HANG;
import static io.tapeflow.api.simulator.FaultKind.REST_LAG;
import static io.tapeflow.api.simulator.FaultKind.REST_LATE;
import static io.tapeflow.api.simulator.FaultKind.REST_LEAVES_OUT;
import static io.tapeflow.api.simulator.FaultKind.REST_OTHER_SYMBOL;
import static io.tapeflow.api.simulator.FaultKind.REST_OUT_OF_RANGE;
import static io.tapeflow.api.simulator.FaultKind.REST_RESET;
import static io.tapeflow.api.simulator.FaultKind.REST_SHUFFLED;
import static io.tapeflow.api.simulator.FaultKind.REST_STATUS;
import static io.tapeflow.api.simulator.FaultKind.REST_TRUNCATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.trade.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults of REST answers, seen from a client. */
class RestFaultTest {
  private static final String TRADES = "/api/v3/aggTrades?limit=5&fromId=6&symbol=";
  private static final int LISTEN_MILLIS = 300;

  private Venue venue;

  @BeforeEach
  void open() {
    venue = Venue.start(VenueSettings.byHand("BTCUSDT", "ETHUSDT").build());
    for (int i = 0; i < 20; i++) {
      venue.print("BTCUSDT", "64000.10", "0.5", Side.BUY);
      venue.print("ETHUSDT", "3200.5", "2", Side.SELL);
    }
  }

  @AfterEach
  void close() {
    venue.close();
  }

  @Test
  void aRequestHangsUntilTheFaultIsClearedAndTheConnectionCut() throws Exception {
    venue.switchOn(VenueFault.of(REST_HANG));
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), venue.restEndpoint().getPort())) {
      ask(socket);
      socket.setSoTimeout(LISTEN_MILLIS);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      venue.clearFaults();
      socket.setSoTimeout(20_000);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
    assertThat(ids("BTCUSDT")).containsExactly(6L, 7L, 8L, 9L, 10L);
  }

  @Test
  void aClientThatGivesUpOnAHangingRequestIsNoLongerCounted() throws Exception {
    venue.switchOn(VenueFault.of(REST_HANG));
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), venue.restEndpoint().getPort())) {
      ask(socket);
      await().until(() -> venue.account().usage().restRequests() == 1);
      assertThat(venue.account().openConnections()).isEqualTo(1);
    }
    await().until(() -> venue.account().openConnections() == 0);
  }

  @ParameterizedTest
  @CsvSource({"0, 503", "500, 500", "403, 403"})
  void anErrorComesWithAPageInsteadOfJson(int number, int status) throws Exception {
    venue.switchOn(new VenueFault(REST_STATUS, number));
    for (String path : List.of(TRADES + "BTCUSDT", "/api/v3/exchangeInfo", "/api/v3/time")) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.body()).startsWith("<html>");
      assertThat(answer.headers().firstValue("content-type")).hasValue("text/html");
    }
  }

  @Test
  void anAnswerIsLate() throws Exception {
    venue.switchOn(new VenueFault(REST_LATE, 400));
    long begin = System.nanoTime();
    assertThat(ids("BTCUSDT")).containsExactly(6L, 7L, 8L, 9L, 10L);
    assertThat(System.nanoTime() - begin).isGreaterThan(390_000_000L);
  }

  @Test
  void aConnectionIsResetInTheMiddleOfAnAnswer() throws Exception {
    venue.switchOn(VenueFault.of(REST_RESET));
    assertThatThrownBy(() -> get(TRADES + "BTCUSDT")).isInstanceOf(IOException.class);
    venue.clearFaults();
    assertThat(ids("BTCUSDT")).hasSize(5);
  }

  @Test
  void anAnswerEndsInTheMiddle() throws Exception {
    venue.switchOn(VenueFault.of(REST_TRUNCATED));
    HttpResponse<String> answer = get(TRADES + "BTCUSDT");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("[{\"a\":6,");
    assertThatThrownBy(() -> Json.rows(answer.body())).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void thereAreNoTradesThoughThereAre() throws Exception {
    venue.switchOn(VenueFault.of(REST_EMPTY));
    assertThat(get(TRADES + "BTCUSDT").body()).isEqualTo("[]");
  }

  @Test
  void rowsAreOutOfOrder() throws Exception {
    venue.switchOn(VenueFault.of(REST_SHUFFLED));
    assertThat(ids("BTCUSDT")).containsExactly(7L, 6L, 9L, 8L, 10L);
  }

  @Test
  void rowsAreNotThoseAskedFor() throws Exception {
    venue.switchOn(VenueFault.of(REST_OUT_OF_RANGE));
    assertThat(ids("BTCUSDT")).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void rowsAreLeftOutOnce() throws Exception {
    venue.switchOn(new VenueFault(REST_LEAVES_OUT, 2));
    assertThat(ids("BTCUSDT")).hasSizeBetween(2, 3);
    assertThat(ids("BTCUSDT")).containsExactly(6L, 7L, 8L, 9L, 10L);
  }

  @Test
  void rowsAreOfAnotherSymbol() throws Exception {
    venue.switchOn(VenueFault.of(REST_OTHER_SYMBOL));
    assertThat(get(TRADES + "BTCUSDT").body()).contains("3200.5").doesNotContain("64000");
    assertThat(get(TRADES + "ETHUSDT").body()).contains("64000").doesNotContain("3200.5");
  }

  @Test
  void restKnowsATradeLaterThanTheStream() throws Exception {
    await().until(() -> ids("BTCUSDT").size() == 5);
    venue.switchOn(new VenueFault(REST_LAG, 2_000));
    long id = venue.print("BTCUSDT", "64000.10", "0.5", Side.BUY).id();
    String path = "/api/v3/aggTrades?symbol=BTCUSDT&fromId=" + id;
    assertThat(get(path).body()).isEqualTo("[]");
    await().until(() -> get(path).body().contains("\"a\":" + id + ","));
  }

  @ParameterizedTest
  @EnumSource(names = {"REST_EMPTY", "REST_OUT_OF_RANGE", "REST_SHUFFLED", "REST_STATUS"})
  void aFaultOfOneSymbolLeavesTheOthersAlone(FaultKind kind) throws Exception {
    String before = get(TRADES + "ETHUSDT").body();
    venue.switchOn(VenueFault.of(kind, "BTCUSDT"));
    assertThat(get(TRADES + "BTCUSDT").body()).isNotEqualTo(before);
    assertThat(get(TRADES + "ETHUSDT").body()).isEqualTo(before);
    assertThat(get("/api/v3/time").statusCode()).isEqualTo(200);
  }

  private static void ask(Socket socket) throws IOException {
    String request = "GET /api/v3/time HTTP/1.1\r\nHost: venue\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }

  private List<Long> ids(String symbol) throws Exception {
    return Json.rows(get(TRADES + symbol).body()).stream().map(row -> (Long) row.get("a")).toList();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient().send(request(path), BodyHandlers.ofString());
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(venue.restEndpoint() + path)).build();
  }
}
