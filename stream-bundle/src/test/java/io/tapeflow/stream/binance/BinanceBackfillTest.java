package io.tapeflow.stream.binance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.venue.BackfillSink;
import io.tapeflow.api.venue.RestRequest;
import io.tapeflow.api.venue.VenueProtocol;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceBackfillTest {
  private static final Instrument BTC = new Instrument("binance-spot", "BTCUSDT", 8, 8);
  private static final String ROW =
      "{\"a\":26129,\"p\":\"0.01633102\",\"q\":\"4.70443515\",\"f\":27781,\"l\":27782,"
          + "\"T\":1498793709153,\"m\":true,\"M\":true}";

  private final BinanceSpot venue = new BinanceSpot();
  private final Heard heard = new Heard();

  @Test
  void theRequestIsWhatTheVenueDocuments() {
    assertThat(venue.backfillRequest(URI.create("https://example.org"), "BTCUSDT", 77, 500))
        .isEqualTo(
            new RestRequest(
                URI.create(
                    "https://example.org/api/v3/aggTrades?symbol=BTCUSDT&fromId=77&limit=500"),
                4));
  }

  /** Stream and REST alike: a trade that was repaired has the time that it would have had. */
  @Test
  void microsecondsAreAskedForInTheAddressOfTheStreamAndInTheHeaderOfRequests() {
    VenueProtocol exact = venue.with(Map.of("time", "us"));
    assertThat(exact.streamUri(URI.create("wss://example.org")))
        .hasToString("wss://example.org/stream?timeUnit=MICROSECOND");
    assertThat(exact.backfillRequest(URI.create("https://example.org"), "BTCUSDT", 77, 500))
        .isEqualTo(
            new RestRequest(
                URI.create(
                    "https://example.org/api/v3/aggTrades?symbol=BTCUSDT&fromId=77&limit=500"),
                4,
                Map.of("X-MBX-TIME-UNIT", "MICROSECOND")));
    assertThat(venue.streamUri(URI.create("wss://example.org")))
        .hasToString("wss://example.org/stream");
  }

  @Test
  void rowsAreTrades() {
    read(
        "[" + ROW + "," + ROW.replace("26129", "26130").replace("\"m\":true", "\"m\":false") + "]");
    assertThat(heard.lines)
        .containsExactly(
            "26129 1633102 470443515 1498793709153000 sell 2",
            "26130 1633102 470443515 1498793709153000 buy 2");
  }

  @Test
  void aRowOfZeroesIsNoTradeAndOneThatDoesNotFitStaysMissing() {
    read(
        "[{\"a\":5,\"p\":\"0\",\"q\":\"0\",\"f\":-1,\"l\":-1,\"T\":1498793709153,\"m\":true},"
            + ROW.replace("4.70443515", "4.7044351512345")
            + "]");
    assertThat(heard.lines).hasSize(2);
    assertThat(heard.lines.get(0)).isEqualTo("no trade 5");
    assertThat(heard.lines.get(1)).startsWith("unreadable 26129").contains("8 decimals");
  }

  @Test
  void aRowWithoutFillsIsNoTradeWhateverItsPriceAndQuantity() {
    read("[" + ROW.replaceAll("\"f\":-?\\d+,\"l\":-?\\d+", "\"f\":-1,\"l\":-1") + "]");
    assertThat(heard.lines).containsExactly("no trade 26129");
  }

  @Test
  void noRowsAreNoTrades() {
    read("[]");
    assertThat(heard.lines).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "<html>", "[{\"a\":1}]", "[{\"a\":1,\"p\":\"1\"", "{\"code\":-1003}"})
  void whatIsNoAnswerIsRefused(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRecordedAnswerIsReadWhole() throws IOException {
    Path page = Path.of("..", "..", "shared/data/rest/spot_BTCUSDT_aggTrades_2020-01-02_1000.json");
    Assumptions.assumeTrue(Files.exists(page), "recordings are not there: " + page);
    venue.readBackfill(Files.readAllBytes(page), BTC, heard);
    assertThat(heard.lines).hasSize(1_000).noneMatch(line -> line.contains("no trade"));
    long first = idOf(heard.lines.get(0));
    long last = idOf(heard.lines.get(999));
    assertThat(last - first).isEqualTo(999);
  }

  private static long idOf(String line) {
    return Long.parseLong(line.substring(0, line.indexOf(' ')));
  }

  private void read(String body) {
    venue.readBackfill(body.getBytes(UTF_8), BTC, heard);
  }

  private static final class Heard implements BackfillSink {
    final List<String> lines = new ArrayList<>();

    @Override
    public void trade(long id, long price, long quantity, long timeMicros, boolean buy, int fills) {
      lines.add(
          "%d %d %d %d %s %d"
              .formatted(id, price, quantity, timeMicros, buy ? "buy" : "sell", fills));
    }

    @Override
    public void noTrade(long id) {
      lines.add("no trade " + id);
    }

    @Override
    public void unreadable(long id, String reason) {
      lines.add("unreadable " + id + " " + reason);
    }
  }
}
