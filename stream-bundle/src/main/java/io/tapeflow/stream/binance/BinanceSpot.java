package io.tapeflow.stream.binance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.venue.BackfillSink;
import io.tapeflow.api.venue.FrameDecoder;
import io.tapeflow.api.venue.InstrumentScales;
import io.tapeflow.api.venue.RestRequest;
import io.tapeflow.api.venue.SymbolTable;
import io.tapeflow.api.venue.VenueLimits;
import io.tapeflow.api.venue.VenueProtocol;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;

/** Binance spot: {@code aggTrade} streams on a combined connection. */
@Component(property = VenueProtocol.VENUE + "=" + BinanceSpot.NAME)
public final class BinanceSpot implements VenueProtocol {
  static final String NAME = "binance-spot";

  private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9_]{2,30}");
  private static final VenueLimits LIMITS =
      new VenueLimits(
          5,
          1024,
          200,
          1000,
          300,
          Duration.ofMinutes(5),
          6000,
          Duration.ofMinutes(1),
          Duration.ofHours(24));

  private static final int INFO_WEIGHT = 20;
  private static final int TRADES_WEIGHT = 4;
  private static final int TIME_WEIGHT = 1;

  private final JsonFactory json = new JsonFactory();

  @Override
  public String venue() {
    return NAME;
  }

  @Override
  public URI defaultStreamEndpoint() {
    return URI.create("wss://data-stream.binance.vision");
  }

  @Override
  public URI defaultRestEndpoint() {
    return URI.create("https://data-api.binance.vision");
  }

  @Override
  public String normalise(String symbol) {
    String upper = symbol.strip().toUpperCase(Locale.ROOT);
    if (!SYMBOL.matcher(upper).matches()) {
      throw new IllegalArgumentException(
          "'"
              + symbol
              + "' is not a symbol of "
              + NAME
              + "; expected letters and digits as in BTCUSDT");
    }
    return upper;
  }

  @Override
  public URI streamUri(URI streamEndpoint) {
    return URI.create(streamEndpoint + "/stream");
  }

  @Override
  public String subscribe(List<String> symbols, long requestId) {
    return request("SUBSCRIBE", symbols, requestId);
  }

  @Override
  public String unsubscribe(List<String> symbols, long requestId) {
    return request("UNSUBSCRIBE", symbols, requestId);
  }

  @Override
  public FrameDecoder newDecoder(SymbolTable symbols) {
    return new BinanceDecoder(json, symbols);
  }

  @Override
  public RestRequest scalesRequest(URI restEndpoint, List<String> symbols) {
    String list =
        symbols.stream()
            .map(symbol -> '"' + symbol + '"')
            .collect(Collectors.joining(",", "[", "]"));
    return request(
        restEndpoint,
        "exchangeInfo?symbols=" + URLEncoder.encode(list, StandardCharsets.UTF_8),
        INFO_WEIGHT);
  }

  @Override
  public Map<String, InstrumentScales> readScales(byte[] body) {
    return new BinanceScales(json).read(body);
  }

  @Override
  public RestRequest backfillRequest(URI restEndpoint, String symbol, long firstId, int count) {
    String query = "aggTrades?symbol=" + symbol + "&fromId=" + firstId + "&limit=" + count;
    return request(restEndpoint, query, TRADES_WEIGHT);
  }

  @Override
  public RestRequest latestRequest(URI restEndpoint, String symbol, int count) {
    return request(restEndpoint, "aggTrades?symbol=" + symbol + "&limit=" + count, TRADES_WEIGHT);
  }

  @Override
  public RestRequest timeRequest(URI restEndpoint) {
    return request(restEndpoint, "time", TIME_WEIGHT);
  }

  @Override
  public long readTime(byte[] body) {
    try (JsonParser parser = json.createParser(body)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME
            && parser.currentName().equals("serverTime")
            && parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
          return AggTradeFields.micros(parser.getLongValue());
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("Not an answer to time: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("The answer to time holds no serverTime");
  }

  @Override
  public String usedWeightHeader() {
    return "X-MBX-USED-WEIGHT-1M";
  }

  @Override
  public void readBackfill(byte[] body, Instrument instrument, BackfillSink sink) {
    new BinanceBackfill(json, instrument, sink).read(body);
  }

  @Override
  public VenueLimits limits() {
    return LIMITS;
  }

  private static RestRequest request(URI restEndpoint, String query, int weight) {
    return new RestRequest(URI.create(restEndpoint + "/api/v3/" + query), weight);
  }

  private static String request(String method, List<String> symbols, long requestId) {
    String params =
        symbols.stream()
            .map(symbol -> '"' + symbol.toLowerCase(Locale.ROOT) + "@aggTrade\"")
            .collect(Collectors.joining(","));
    return "{\"method\":\"" + method + "\",\"params\":[" + params + "],\"id\":" + requestId + "}";
  }
}
