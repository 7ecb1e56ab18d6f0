package io.tapeflow.simulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;

/** The REST answer about symbols and limits. */
final class ExchangeInfo {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String MOST = "9000000.00000000";

  private ExchangeInfo() {}

  static byte[] json(List<SymbolRules> symbols, long serverMillis, int weightPerMinute) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("timezone", "UTC");
      json.writeNumberField("serverTime", serverMillis);
      json.writeArrayFieldStart("rateLimits");
      json.writeStartObject();
      json.writeStringField("rateLimitType", "REQUEST_WEIGHT");
      json.writeStringField("interval", "MINUTE");
      json.writeNumberField("intervalNum", 1);
      json.writeNumberField("limit", weightPerMinute);
      json.writeEndObject();
      json.writeEndArray();
      json.writeArrayFieldStart("exchangeFilters");
      json.writeEndArray();
      json.writeArrayFieldStart("symbols");
      for (SymbolRules rules : symbols) {
        symbol(json, rules);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void symbol(JsonGenerator json, SymbolRules rules) throws IOException {
    String tick = plain(rules.tickE8());
    String step = plain(rules.stepE8());
    json.writeStartObject();
    json.writeStringField("symbol", rules.symbol());
    json.writeStringField("status", "TRADING");
    json.writeStringField("baseAsset", rules.base());
    json.writeNumberField("baseAssetPrecision", E8.DECIMALS);
    json.writeStringField("quoteAsset", rules.quote());
    json.writeNumberField("quotePrecision", E8.DECIMALS);
    json.writeNumberField("quoteAssetPrecision", E8.DECIMALS);
    json.writeNumberField("baseCommissionPrecision", E8.DECIMALS);
    json.writeNumberField("quoteCommissionPrecision", E8.DECIMALS);
    json.writeArrayFieldStart("orderTypes");
    json.writeString("LIMIT");
    json.writeString("MARKET");
    json.writeEndArray();
    json.writeBooleanField("isSpotTradingAllowed", true);
    json.writeBooleanField("isMarginTradingAllowed", false);
    json.writeArrayFieldStart("filters");
    filter(json, "PRICE_FILTER", "minPrice", tick, "maxPrice", "tickSize", tick);
    filter(json, "LOT_SIZE", "minQty", step, "maxQty", "stepSize", step);
    json.writeEndArray();
    json.writeArrayFieldStart("permissions");
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void filter(
      JsonGenerator json,
      String type,
      String minName,
      String min,
      String maxName,
      String sizeName,
      String size)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("filterType", type);
    json.writeStringField(minName, min);
    json.writeStringField(maxName, MOST);
    json.writeStringField(sizeName, size);
    json.writeEndObject();
  }

  private static String plain(long units) {
    return BigDecimal.valueOf(units, E8.DECIMALS).toPlainString();
  }
}
