package io.tapeflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.trade.Side;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A venue that is like the USD-M futures. */
class FuturesTest {
  private static final String SUBSCRIBE =
      "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":1}";
  private static final int LISTEN_MILLIS = 300;

  private Venue venue;

  @BeforeEach
  void open() {
    venue = Venue.start(VenueSettings.byHand("BTCUSDT").dialect(Dialect.USDM).build());
  }

  @AfterEach
  void close() {
    venue.close();
  }

  @Test
  void tradesAreStreamedOnTheMarketsRouteInTheFuturesSpelling() throws Exception {
    try (TextClient client = TextClient.open(venue, "/market/stream")) {
      client.ask(SUBSCRIBE);
      venue.print(
          "BTCUSDT",
          AggTrade.of(5, "64000.1", "0.5", Side.SELL, 1_700_000_000_123_000L).withNet("0.2"));
      assertThat(client.next())
          .isEqualTo(
              "{\"stream\":\"btcusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":1700000000123,"
                  + "\"s\":\"BTCUSDT\",\"a\":5,\"p\":\"64000.10000000\",\"q\":\"0.50000000\","
                  + "\"nq\":\"0.20000000\",\"f\":5,\"l\":5,\"T\":1700000000123,\"m\":true,"
                  + "\"st\":1}}");
    }
    try (TextClient client = TextClient.open(venue, "/market/ws/btcusdt@aggTrade")) {
      await().until(() -> !venue.account().subscriptions().isEmpty());
      venue.print("BTCUSDT", "64000.10", "0.5", Side.BUY);
      assertThat(Json.map(client.next())).containsEntry("nq", "0.50000000");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws", "/stream", "/public/stream", "/private/ws"})
  void anyOtherRouteAcceptsTheSubscriptionAndStaysSilent(String path) throws Exception {
    try (TextClient client = TextClient.open(venue, path)) {
      assertThat(client.ask(SUBSCRIBE)).isEqualTo("{\"result\":null,\"id\":1}");
      venue.print("BTCUSDT", "64000.10", "0.5", Side.BUY);
      assertThat(client.nextWithin(LISTEN_MILLIS)).isNull();
    }
  }

  @Test
  void restAnswersUnderItsOwnPathAndWeighsDifferently() throws Exception {
    venue.print(
        "BTCUSDT", AggTrade.of(5, "64000.1", "0.5", Side.BUY, 1_700_000_000_123_000L).withNet("0"));
    HttpResponse<String> trades = get("/fapi/v1/aggTrades?symbol=BTCUSDT&fromId=1");
    assertThat(trades.body())
        .isEqualTo(
            "[{\"a\":5,\"p\":\"64000.10000000\",\"q\":\"0.50000000\",\"nq\":\"0.00000000\","
                + "\"f\":5,\"l\":5,\"T\":1700000000123,\"m\":false}]");
    assertThat(trades.headers().firstValue("X-MBX-USED-WEIGHT-1M")).hasValue("20");
    assertThat(get("/fapi/v1/exchangeInfo?symbol=NOSUCH").body()).contains("BTCUSDT");
    assertThat(get("/fapi/v1/time").body()).contains("serverTime");
    assertThat(get("/api/v3/aggTrades?symbol=BTCUSDT").statusCode()).isEqualTo(404);
  }

  @Test
  void someOfAGeneratedMarketIsRetailPriceImprovement() throws Exception {
    try (Venue generated =
        Venue.start(
            VenueSettings.generated("BTCUSDT").dialect(Dialect.USDM).history(300).build())) {
      URI uri =
          URI.create(generated.restEndpoint() + "/fapi/v1/aggTrades?symbol=BTCUSDT&limit=300");
      List<Map<String, Object>> rows =
          Json.rows(
              HttpClient.newHttpClient()
                  .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                  .body());
      assertThat(rows).filteredOn(row -> !row.get("nq").equals(row.get("q"))).hasSize(30);
      assertThat(rows).filteredOn(row -> row.get("nq").equals("0.00000000")).hasSizeBetween(10, 15);
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create(venue.restEndpoint() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
