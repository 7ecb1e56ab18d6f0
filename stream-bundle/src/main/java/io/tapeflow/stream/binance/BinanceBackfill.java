package io.tapeflow.stream.binance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.venue.BackfillSink;
import java.io.IOException;

/** Reads an answer to {@code aggTrades}: an array of trades, ascending by id. */
final class BinanceBackfill {
  private final JsonFactory json;
  private final Instrument instrument;
  private final BackfillSink sink;
  private final AggTradeFields row;

  BinanceBackfill(JsonFactory json, Instrument instrument, BackfillSink sink, boolean withoutRpi) {
    this.json = json;
    this.instrument = instrument;
    this.sink = sink;
    this.row = new AggTradeFields(withoutRpi);
  }

  void read(byte[] body) {
    try (JsonParser parser = json.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new IllegalArgumentException("Expected an array as answer to aggTrades");
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        readRow(parser);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("Not an answer to aggTrades: " + e.getMessage(), e);
    }
  }

  private void readRow(JsonParser parser) throws IOException {
    row.reset();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.length() == 1) {
        row.read(parser, field.charAt(0), value);
      } else {
        row.read(parser, field, value);
      }
    }
    if (row.fault() != null) {
      throw new IllegalArgumentException("A row of aggTrades is not a trade: " + row.fault());
    }
    tell();
  }

  /**
   * The venue marks what it has found to be no trade by a price and quantity of zero, or by having
   * no fills.
   */
  private void tell() {
    if (row.isAside() || row.isVoid()) {
      sink.noTrade(row.id());
    } else if (row.isTrade(instrument)) {
      sink.trade(
          row.id(),
          row.price(instrument),
          row.quantity(instrument),
          row.timeMicros(),
          row.buy(),
          row.fills());
    } else if (row.price(instrument) == 0 || row.quantity(instrument) == 0) {
      sink.noTrade(row.id());
    } else {
      sink.unreadable(row.id(), row.whyInvalid(instrument));
    }
  }
}
