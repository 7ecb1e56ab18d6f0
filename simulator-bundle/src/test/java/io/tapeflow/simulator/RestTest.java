package io.tapeflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.trade.Side;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final long START_MILLIS = 1_700_000_000_000L;
  private static final int TRADES = 3_000;

  private Venue venue;

  @BeforeEach
  void open() {
    venue = Venue.start(VenueSettings.byHand("BTCUSDT", "ETHUSDT").build());
    for (int i = 0; i < TRADES; i++) {
      // Ids have a hole behind 1,999, and two trades share each millisecond.
      long id = i < 1_000 ? 1_000 + i : 2_000 + i;
      venue.print(
          "BTCUSDT",
          AggTrade.of(id, "64000.5", "0.25", Side.SELL, START_MILLIS * 1_000 + i * 500L));
    }
  }

  @AfterEach
  void close() {
    venue.close();
  }

  @Test
  void aPageByIdBeginsWithThatIdAndSpellsTradesAsTheVenueDoes() throws Exception {
    HttpResponse<String> answer = get("/api/v3/aggTrades?symbol=BTCUSDT&fromId=1500&limit=2");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .startsWith("application/json");
    assertThat(answer.body())
        .isEqualTo(
            "[{\"a\":1500,\"p\":\"64000.50000000\",\"q\":\"0.25000000\",\"f\":1500,\"l\":1500,"
                + "\"T\":1700000000250,\"m\":true,\"M\":true},"
                + "{\"a\":1501,\"p\":\"64000.50000000\",\"q\":\"0.25000000\",\"f\":1501,\"l\":1501,"
                + "\"T\":1700000000250,\"m\":true,\"M\":true}]");
  }

  @ParameterizedTest
  @CsvSource({
    "fromId=1500, 500, 1500, 1999",
    "fromId=1500&limit=1000, 1000, 1500, 3499",
    "fromId=0&limit=5000, 1000, 1000, 1999",
    "fromId=2500&limit=1, 1, 3000, 3000",
    "fromId=4999, 1, 4999, 4999",
    "limit=3, 3, 4997, 4999",
    "startTime=1700000000001&endTime=1700000000002, 4, 1002, 1005",
    "startTime=1700000000001&limit=2, 2, 1002, 1003",
    "endTime=1700000000001, 4, 1000, 1003",
    "startTime=1700000000001000&endTime=1700000000001000, 1, 1002, 1002",
  })
  void pagesAreSelectedByIdOrTime(String query, int size, long first, long last) throws Exception {
    List<Map<String, Object>> rows =
        Json.rows(get("/api/v3/aggTrades?symbol=BTCUSDT&" + query).body());
    assertThat(rows).hasSize(size);
    assertThat(rows.get(0)).containsEntry("a", first);
    assertThat(rows.get(size - 1)).containsEntry("a", last);
  }

  @ParameterizedTest
  @CsvSource({
    "symbol=BTCUSDT&fromId=5000",
    "symbol=BTCUSDT&startTime=1800000000000",
    "symbol=ETHUSDT"
  })
  void whereThereIsNothingThePageIsEmpty(String query) throws Exception {
    assertThat(get("/api/v3/aggTrades?" + query).body()).isEqualTo("[]");
  }

  @Test
  void timesAreInMicrosecondsIfTheHeaderSaysSo() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/api/v3/aggTrades?symbol=BTCUSDT&fromId=1001&limit=1"))
            .header("X-MBX-TIME-UNIT", "MICROSECOND")
            .build();
    assertThat(Json.rows(HTTP.send(request, BodyHandlers.ofString()).body()).get(0))
        .containsEntry("T", START_MILLIS * 1_000 + 500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aggTrades|-1102|Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.",
        "aggTrades?symbol=|-1102|Mandatory parameter 'symbol' was not sent, was empty/null, or"
            + " malformed.",
        "aggTrades?symbol=NOSUCH|-1121|Invalid symbol.",
        "aggTrades?symbol=btcusdt|-1100|Illegal characters found in parameter 'symbol'; legal range"
            + " is '^[A-Z0-9-_.]{1,20}$'.",
        "aggTrades?symbol=BTCUSDT&fromId=x|-1100|Illegal characters found in parameter 'fromId';"
            + " legal range is '^[0-9]{1,20}$'.",
        "aggTrades?symbol=BTCUSDT&limit=0|-1130|Data sent for parameter 'limit' is not valid.",
        "aggTrades?symbol=BTCUSDT&fromId=1&startTime=1|-1128|Combination of optional parameters"
            + " invalid.",
        "exchangeInfo?symbol=NOSUCH|-1121|Invalid symbol.",
      })
  void mistakesAreAnsweredWithTheVenuesErrors(String path, long code, String message)
      throws Exception {
    HttpResponse<String> answer = get("/api/v3/" + path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Json.map(answer.body())).containsEntry("code", code).containsEntry("msg", message);
  }

  @Test
  void otherPathsAreNotFound() throws Exception {
    assertThat(get("/api/v1/aggTrades?symbol=BTCUSDT").statusCode()).isEqualTo(404);
  }

  @Test
  void symbolsAreListedWithTheirDecimals() throws Exception {
    Map<String, Object> all = Json.map(get("/api/v3/exchangeInfo").body());
    List<Map<String, Object>> symbols = rows(all, "symbols");
    assertThat(symbols).extracting("symbol").containsExactly("BTCUSDT", "ETHUSDT");
    assertThat(symbols.get(1))
        .containsEntry("baseAsset", "ETH")
        .containsEntry("quoteAsset", "USDT")
        .containsEntry("status", "TRADING")
        .containsEntry("baseAssetPrecision", 8L);
    List<Map<String, Object>> filters = rows(symbols.get(1), "filters");
    assertThat(filters.get(0))
        .containsEntry("filterType", "PRICE_FILTER")
        .containsEntry("tickSize", "0.01000000");
    assertThat(filters.get(1))
        .containsEntry("filterType", "LOT_SIZE")
        .containsEntry("stepSize", "0.00010000");
  }

  @Test
  void symbolsCanBeSelected() throws Exception {
    assertThat(rows(Json.map(get("/api/v3/exchangeInfo?symbol=ETHUSDT").body()), "symbols"))
        .extracting("symbol")
        .containsExactly("ETHUSDT");
    String list = URLEncoder.encode("[\"ETHUSDT\",\"BTCUSDT\"]", StandardCharsets.UTF_8);
    assertThat(rows(Json.map(get("/api/v3/exchangeInfo?symbols=" + list).body()), "symbols"))
        .extracting("symbol")
        .containsExactly("ETHUSDT", "BTCUSDT");
    assertThat(Json.map(get("/api/v3/exchangeInfo?symbols=ETHUSDT").body()))
        .containsEntry("code", -1_100L);
  }

  @Test
  void theTimeIsTheClocks() throws Exception {
    long before = System.currentTimeMillis();
    long time = (Long) Json.map(get("/api/v3/time").body()).get("serverTime");
    assertThat(time).isBetween(before, System.currentTimeMillis());
  }

  @Test
  void theStreamPortAnswersToo() throws Exception {
    URI uri =
        URI.create(
            venue.streamEndpoint().toString().replace("ws:", "http:") + "/api/v3/exchangeInfo");
    assertThat(HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void usedWeightIsToldAndTooMuchOfItRefused() throws Exception {
    try (Venue strict = Venue.start(VenueSettings.byHand("BTCUSDT").weightPerMinute(30).build())) {
      URI uri = URI.create(strict.restEndpoint() + "/api/v3/exchangeInfo");
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      HttpResponse<String> first = HTTP.send(request, BodyHandlers.ofString());
      assertThat(first.headers().firstValue("X-MBX-USED-WEIGHT-1M")).hasValue("20");
      // Three, because a minute may end between two of them.
      HTTP.send(request, BodyHandlers.ofString());
      HttpResponse<String> last = HTTP.send(request, BodyHandlers.ofString());
      assertThat(last.statusCode()).isEqualTo(429);
      assertThat(last.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
      assertThat(Json.map(last.body())).containsEntry("code", -1_003L);
    }
  }

  @SuppressWarnings("unchecked") // The venue's answer has this shape.
  private static List<Map<String, Object>> rows(Map<String, Object> json, String field) {
    return (List<Map<String, Object>>) json.get(field);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create(venue.restEndpoint() + path);
  }
}
