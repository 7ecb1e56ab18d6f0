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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Binance's protocol in one of its dialects: {@code aggTrade} streams on a combined connection. */
class BinanceProtocol implements VenueProtocol {
  private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9_]{2,30}");
  private static final int TIME_WEIGHT = 1;

  private final BinanceDialect dialect;
  private final JsonFactory json = new JsonFactory();

  BinanceProtocol(BinanceDialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public String venue() {
    return dialect.venue();
  }

  @Override
  public URI defaultStreamEndpoint() {
    return dialect.streamEndpoint();
  }

  @Override
  public URI defaultRestEndpoint() {
    return dialect.restEndpoint();
  }

  @Override
  public String normalise(String symbol) {
    String upper = symbol.strip().toUpperCase(Locale.ROOT);
    if (!SYMBOL.matcher(upper).matches()) {
      throw new IllegalArgumentException(
          "'"
              + symbol
              + "' is not a symbol of "
              + venue()
              + "; expected letters and digits as in BTCUSDT");
    }
    return upper;
  }

  @Override
  public URI streamUri(URI streamEndpoint) {
    String unit = dialect.inMicros() ? "?timeUnit=MICROSECOND" : "";
    return URI.create(streamEndpoint + dialect.route() + "/stream" + unit);
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
    return new BinanceDecoder(json, symbols, dialect.withoutRpi());
  }

  @Override
  public RestRequest scalesRequest(URI restEndpoint, List<String> symbols) {
    if (!dialect.infoBySymbol()) {
      return request(restEndpoint, "exchangeInfo", dialect.infoWeight());
    }
    String list =
        symbols.stream()
            .map(symbol -> '"' + symbol + '"')
            .collect(Collectors.joining(",", "[", "]"));
    return request(
        restEndpoint,
        "exchangeInfo?symbols=" + URLEncoder.encode(list, StandardCharsets.UTF_8),
        dialect.infoWeight());
  }

  @Override
  public Map<String, InstrumentScales> readScales(byte[] body) {
    return new BinanceScales(json).read(body);
  }

  @Override
  public RestRequest backfillRequest(URI restEndpoint, String symbol, long firstId, int count) {
    String query = "aggTrades?symbol=" + symbol + "&fromId=" + firstId + "&limit=" + count;
    return request(restEndpoint, query, dialect.tradesWeight());
  }

  @Override
  public RestRequest latestRequest(URI restEndpoint, String symbol, int count) {
    return request(
        restEndpoint, "aggTrades?symbol=" + symbol + "&limit=" + count, dialect.tradesWeight());
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
    new BinanceBackfill(json, instrument, sink, dialect.withoutRpi()).read(body);
  }

  @Override
  public String adviceOnSilence(URI streamUri) {
    return dialect.adviceOnSilence(streamUri);
  }

  @Override
  public VenueProtocol with(Map<String, String> options) {
    return options.isEmpty() ? this : new BinanceProtocol(dialect.with(options));
  }

  @Override
  public Map<String, String> options() {
    return dialect.options();
  }

  @Override
  public VenueLimits limits() {
    return dialect.limits();
  }

  private RestRequest request(URI restEndpoint, String query, int weight) {
    Map<String, String> headers =
        dialect.inMicros() ? Map.of("X-MBX-TIME-UNIT", "MICROSECOND") : Map.of();
    return new RestRequest(URI.create(restEndpoint + dialect.restPath() + query), weight, headers);
  }

  private static String request(String method, List<String> symbols, long requestId) {
    String params =
        symbols.stream()
            .map(symbol -> '"' + symbol.toLowerCase(Locale.ROOT) + "@aggTrade\"")
            .collect(Collectors.joining(","));
    return "{\"method\":\"" + method + "\",\"params\":[" + params + "],\"id\":" + requestId + "}";
  }
}
