package io.tapeflow.stream.binance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.venue.BackfillSink;
import io.tapeflow.api.venue.FrameDecoder;
import io.tapeflow.api.venue.FrameSink;
import io.tapeflow.api.venue.InstrumentScales;
import io.tapeflow.api.venue.RestRequest;
import io.tapeflow.api.venue.VenueProtocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinanceUsdmTest {
  private static final String TRADE =
      "{\"e\":\"aggTrade\",\"E\":1672515782136,\"a\":5,\"s\":\"BTCUSDT\",\"p\":\"64012.30\","
          + "\"q\":\"0.010\",\"nq\":\"0.004\",\"f\":100,\"l\":105,\"T\":1672515782135,\"m\":true,"
          + "\"st\":1}";

  private final VenueProtocol venue = new BinanceUsdm();
  private final Heard heard = new Heard();

  @Test
  void requestsAreWhatTheVenueDocuments() {
    assertThat(venue.venue()).isEqualTo("binance-usdm");
    assertThat(venue.streamUri(venue.defaultStreamEndpoint()))
        .hasToString("wss://fstream.binance.com/market/stream");
    URI rest = venue.defaultRestEndpoint();
    assertThat(venue.scalesRequest(rest, List.of("BTCUSDT")))
        .isEqualTo(request("https://fapi.binance.com/fapi/v1/exchangeInfo", 1));
    assertThat(venue.backfillRequest(rest, "BTCUSDT", 77, 500))
        .isEqualTo(
            request(
                "https://fapi.binance.com/fapi/v1/aggTrades?symbol=BTCUSDT&fromId=77&limit=500",
                20));
    assertThat(venue.timeRequest(rest))
        .isEqualTo(request("https://fapi.binance.com/fapi/v1/time", 1));
    assertThat(venue.limits().messagesPerSecond()).isEqualTo(10);
    assertThat(venue.limits().restWeight()).isEqualTo(2_400);
    assertThat(venue.limits().streamsPerConnection()).isEqualTo(1_024);
  }

  @Test
  void theQuantityIncludesRetailPriceImprovementUnlessTheOptionSaysOtherwise() {
    decode(venue, TRADE);
    decode(venue.with(Map.of("quantity", "q")), TRADE);
    decode(venue.with(Map.of("quantity", "nq")), TRADE);
    assertThat(heard.lines)
        .containsExactly(
            "trade 5 64012.3 0.01 sell", "trade 5 64012.3 0.01 sell", "trade 5 64012.3 0.004 sell");
    assertThat(venue.options()).isEqualTo(Map.of("quantity", "q", "route", "market"));
    assertThat(venue.with(Map.of("quantity", "nq")).options()).containsEntry("quantity", "nq");
  }

  @Test
  void aTradeThatDoesNotTellTheTwoApartCountsWithItsOnlyQuantity() {
    decode(venue.with(Map.of("quantity", "nq")), TRADE.replace("\"nq\":\"0.004\",", ""));
    assertThat(heard.lines).containsExactly("trade 5 64012.3 0.01 sell");
  }

  @ParameterizedTest
  @CsvSource({"0", "0.000", "0.00000000"})
  void nothingButRetailPriceImprovementIsNoTradeAndNotMissing(String net) {
    VenueProtocol without = venue.with(Map.of("quantity", "nq"));
    decode(without, TRADE.replace("0.004", net));
    decode(without, wrapped(TRADE.replace("0.004", net)));
    without.readBackfill(
        ("[" + TRADE.replace("0.004", net) + "]").getBytes(UTF_8), Heard.BTC, heard);
    assertThat(heard.lines).containsExactly("no trade 5", "no trade 5", "no trade 5");
    heard.lines.clear();
    decode(venue, TRADE.replace("0.004", net));
    assertThat(heard.lines).containsExactly("trade 5 64012.3 0.01 sell");
  }

  @Test
  void aWrongNetQuantityIsNotReplacedByTheOther() {
    VenueProtocol without = venue.with(Map.of("quantity", "nq"));
    decode(without, TRADE.replace("\"0.004\"", "\"some\""));
    decode(without, TRADE.replace("\"0.004\"", "[]"));
    decode(without, TRADE.replace("0.004", "0.0000000001"));
    assertThat(heard.lines).hasSize(3);
    assertThat(heard.lines.get(0)).startsWith("malformed").contains("nq");
    assertThat(heard.lines.get(1)).startsWith("malformed").contains("nq");
    assertThat(heard.lines.get(2)).startsWith("invalid").contains("quantity");
  }

  @ParameterizedTest
  @CsvSource({
    "MARKET, trade",
    "RPI, trade",
    "INSURANCE_FUND, block",
    "ADL, block",
    "SOMETHING_NEW, block"
  })
  void thePrintsOfTheVenueItselfAreKeptOutOfOrderFlow(String cause, String kind) {
    decode(venue, TRADE.replace("\"st\":1", "\"X\":\"" + cause + "\""));
    assertThat(heard.lines).containsExactly(kind + " 5 64012.3 0.01 sell");
  }

  @Test
  void anUnknownOptionOrValueIsRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> venue.with(Map.of("quantity", "all")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("quantity cannot be all; expected one of [q, nq]");
    assertThatThrownBy(() -> venue.with(Map.of("size", "q")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("binance-usdm has no option size; expected one of [quantity, route]");
    assertThatThrownBy(() -> new BinanceSpot().with(Map.of("quantity", "nq")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("binance-spot has no option quantity; expected one of [time]");
  }

  @Test
  void adviceIsGivenForAWrongRouteAlone() {
    URI endpoint = URI.create("wss://host:1");
    assertThat(venue.adviceOnSilence(venue.streamUri(endpoint))).isEmpty();
    for (String route : List.of("none", "public", "private")) {
      VenueProtocol wrong = venue.with(Map.of("route", route));
      assertThat(wrong.adviceOnSilence(wrong.streamUri(endpoint)))
          .contains(wrong.streamUri(endpoint).toString())
          .contains("/market");
    }
    VenueProtocol spot = new BinanceSpot();
    assertThat(spot.adviceOnSilence(spot.streamUri(endpoint))).isEmpty();
  }

  @Test
  void aRecordedSessionIsReadWhole() throws IOException {
    Map<String, InstrumentScales> scales = null;
    List<String> frames = new ArrayList<>();
    try (BufferedReader lines = gzip("venues/BINANCE_FUTURES.jsonl.gz")) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Map<String, String> entry = texts(line);
        if ("recv".equals(entry.get("t"))) {
          frames.add(entry.get("data"));
        } else if (entry.getOrDefault("url", "").endsWith("/fapi/v1/exchangeInfo")) {
          scales = venue.readScales(entry.get("data").getBytes(UTF_8));
        }
      }
    }
    assertThat(scales).containsEntry("SUSHIUSDT", new InstrumentScales(8, 3, 100_000));
    FrameDecoder decoder = decoder(venue);
    frames.forEach(frame -> decode(decoder, frame));
    assertThat(heard.lines).filteredOn(line -> line.startsWith("trade")).hasSize(91);
    assertThat(heard.lines)
        .allMatch(line -> line.startsWith("trade") || line.startsWith("ignored"));
  }

  @Test
  void aRecordedPrintOfTheInsuranceFundIsKeptApart() throws IOException {
    FrameDecoder decoder = decoder(venue);
    try (BufferedReader lines = gzip("recordings/usdm_btcusdt_20230405.dat.gz")) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("\"e\":\"trade\"")) {
          // Single trades say what they came about by; they are read as if they were aggregate.
          decode(
              decoder,
              line.substring(line.indexOf('{'))
                  .replace("\"e\":\"trade\"", "\"e\":\"aggTrade\"")
                  .replace("\"t\":", "\"a\":"));
        }
      }
    }
    assertThat(heard.lines).hasSize(10_738);
    assertThat(heard.lines)
        .filteredOn(line -> !line.startsWith("trade"))
        .containsExactly("block 3535191080 28722.5 0.001 sell");
    assertThat(heard.bought).isEqualByComparingTo("456.749");
    assertThat(heard.sold.add(heard.aside)).isEqualByComparingTo("530.749");
    assertThat(heard.aside).isEqualByComparingTo("0.001");
  }

  @Test
  void aRecordedAnswerIsReadWhole() throws IOException {
    Path page = recording("rest/usdm_LTCUSDT_aggTrades_2020-10-16_500.json");
    venue.readBackfill(Files.readAllBytes(page), Heard.BTC, heard);
    assertThat(heard.lines).hasSize(500).allMatch(line -> line.startsWith("trade"));
    assertThat(heard.lines.get(0)).isEqualTo("trade 19427407 49.73 0.001 sell");
  }

  private static RestRequest request(String uri, int weight) {
    return new RestRequest(URI.create(uri), weight);
  }

  private static String wrapped(String event) {
    return "{\"stream\":\"btcusdt@aggTrade\",\"data\":" + event + "}";
  }

  private static FrameDecoder decoder(VenueProtocol protocol) {
    return protocol.newDecoder((text, offset, length) -> Heard.BTC);
  }

  private void decode(VenueProtocol protocol, String text) {
    decode(decoder(protocol), text);
  }

  private void decode(FrameDecoder decoder, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    decoder.decode(bytes, 0, bytes.length, heard);
  }

  private static BufferedReader gzip(String name) throws IOException {
    return new BufferedReader(
        new InputStreamReader(new GZIPInputStream(Files.newInputStream(recording(name))), UTF_8));
  }

  private static Path recording(String name) {
    Path file = Path.of("..", "..", "shared", "data").resolve(name);
    String missing = "SKIPPED: there is no " + file;
    if (!Files.exists(file)) {
      System.err.println(missing);
    }
    Assumptions.assumeTrue(Files.exists(file), missing);
    return file;
  }

  /** The texts of a flat object. */
  private static Map<String, String> texts(String json) throws IOException {
    Map<String, String> texts = new java.util.HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          texts.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
    }
    return texts;
  }

  private static final class Heard implements FrameSink, BackfillSink {
    static final Instrument BTC = new Instrument("binance-usdm", "BTCUSDT", 8, 8);

    final List<String> lines = new ArrayList<>();
    BigDecimal bought = BigDecimal.ZERO;
    BigDecimal sold = BigDecimal.ZERO;
    BigDecimal aside = BigDecimal.ZERO;

    @Override
    public void trade(
        Instrument instrument,
        long id,
        long price,
        long quantity,
        long timeMicros,
        long eventMicros,
        boolean buy,
        int fills,
        boolean block) {
      BigDecimal units = BigDecimal.valueOf(quantity, 8);
      if (block) {
        aside = aside.add(units);
      } else if (buy) {
        bought = bought.add(units);
      } else {
        sold = sold.add(units);
      }
      lines.add((block ? "block " : "trade ") + line(id, price, quantity, buy));
    }

    @Override
    public void trade(long id, long price, long quantity, long timeMicros, boolean buy, int fills) {
      lines.add("trade " + line(id, price, quantity, buy));
    }

    private static String line(long id, long price, long quantity, boolean buy) {
      return id + " " + plain(price) + " " + plain(quantity) + (buy ? " buy" : " sell");
    }

    private static String plain(long units) {
      return BigDecimal.valueOf(units, 8).stripTrailingZeros().toPlainString();
    }

    @Override
    public void noTrade(long id) {
      lines.add("no trade " + id);
    }

    @Override
    public void noTrade(Instrument instrument, long id) {
      lines.add("no trade " + id);
    }

    @Override
    public void unreadable(long id, String reason) {
      lines.add("unreadable " + reason);
    }

    @Override
    public void invalidTrade(Instrument instrument, String reason) {
      lines.add("invalid " + reason);
    }

    @Override
    public void unknownInstrument(String symbol) {
      lines.add("unknown " + symbol);
    }

    @Override
    public void acknowledged(long requestId) {
      lines.add("ack " + requestId);
    }

    @Override
    public void refused(long requestId, String reason) {
      lines.add("refused " + reason);
    }

    @Override
    public void goingAway(String notice) {
      lines.add("going away");
    }

    @Override
    public void ignored(String type) {
      lines.add("ignored " + type);
    }

    @Override
    public void malformed(String reason) {
      lines.add("malformed " + reason);
    }
  }
}
