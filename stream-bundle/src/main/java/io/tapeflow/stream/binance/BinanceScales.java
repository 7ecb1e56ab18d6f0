package io.tapeflow.stream.binance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tapeflow.api.venue.InstrumentScales;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Reads an answer to {@code exchangeInfo}; the answer to an invalid symbol lists none. */
final class BinanceScales {
  /** The venue writes prices with up to eight decimals, whatever the tick. */
  private static final int SCALE = 8;

  /** A symbol's step may get finer later; trades from before a change may be finer as well. */
  private static final int SPARE_DECIMALS = 3;

  private static final int INVALID_SYMBOL = -1121;

  private final JsonFactory json;
  private final Map<String, InstrumentScales> scales = new HashMap<>();

  // The symbol being read.
  private String symbol;
  private int quantityDecimals;
  private long priceTick;

  BinanceScales(JsonFactory json) {
    this.json = json;
  }

  Map<String, InstrumentScales> read(byte[] body) {
    boolean invalidSymbol = false;
    try (JsonParser parser = json.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("Expected an object as answer to exchangeInfo");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        if (field.equals("symbols") && parser.currentToken() == JsonToken.START_ARRAY) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            readSymbol(parser);
          }
        } else {
          invalidSymbol |= field.equals("code") && parser.getValueAsInt() == INVALID_SYMBOL;
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("Not an answer to exchangeInfo: " + e.getMessage(), e);
    }
    // Whoever lists nothing at all has not looked: an invalid symbol is answered with its code.
    if (scales.isEmpty() && !invalidSymbol) {
      throw new IllegalArgumentException("The answer to exchangeInfo holds no symbols");
    }
    return scales;
  }

  private void readSymbol(JsonParser parser) throws IOException {
    symbol = null;
    quantityDecimals = SCALE;
    priceTick = 1;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      if (field.equals("symbol")) {
        symbol = parser.getText();
      } else if (field.equals("filters") && parser.currentToken() == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          readFilter(parser);
        }
      } else {
        parser.skipChildren();
      }
    }
    if (symbol != null) {
      int quantityScale = Math.min(SCALE, quantityDecimals + SPARE_DECIMALS);
      scales.put(symbol, new InstrumentScales(SCALE, quantityScale, priceTick));
    }
  }

  private void readFilter(JsonParser parser) throws IOException {
    String type = "";
    String step = "0";
    String tick = "0";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "filterType" -> type = parser.getText();
        case "stepSize" -> step = parser.getText();
        case "tickSize" -> tick = parser.getText();
        default -> parser.skipChildren();
      }
    }
    if (type.equals("LOT_SIZE")) {
      BigDecimal value = number("stepSize", step);
      quantityDecimals =
          value.signum() == 0 ? SCALE : Math.max(0, value.stripTrailingZeros().scale());
    } else if (type.equals("PRICE_FILTER")) {
      // A tick of 0 means that the venue sets none.
      BigDecimal units = number("tickSize", tick).movePointRight(SCALE);
      priceTick = Math.max(1, units.longValue());
    }
  }

  private static BigDecimal number(String field, String text) throws IOException {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IOException(field + " " + text + " is not a number", e);
    }
  }
}
