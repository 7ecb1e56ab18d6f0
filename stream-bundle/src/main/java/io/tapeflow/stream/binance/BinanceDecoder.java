package io.tapeflow.stream.binance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.venue.FrameDecoder;
import io.tapeflow.api.venue.FrameSink;
import io.tapeflow.api.venue.SymbolTable;
import java.io.IOException;

/**
 * Reads Binance's stream messages from bytes to primitives: what {@link TradeScan} does not take,
 * with Jackson's streaming parser. A message is one flat object, perhaps wrapped as {@code
 * {"stream":…,"data":{…}}}; the order of its fields does not matter, and fields that are not known
 * are passed over.
 */
final class BinanceDecoder implements FrameDecoder {
  private static final String SHUTDOWN = "serverShutdown";
  private static final String SHUTDOWN_STREAM = "!" + SHUTDOWN;

  private final JsonFactory json;
  private final SymbolTable symbols;
  private final TradeScan scan;
  private final AggTradeFields trade;

  // The message being read.
  private String event;
  private boolean shutdownStream;
  private Instrument instrument;
  private String unknownSymbol;
  private boolean hasSymbol;
  private String badSymbol;
  private long requestId;
  private boolean hasRequestId;
  private boolean hasResult;
  private String errorText;
  private String errorCode;

  BinanceDecoder(JsonFactory json, SymbolTable symbols, boolean withoutRpi) {
    this.scan = new TradeScan(symbols, withoutRpi);
    this.trade = new AggTradeFields(withoutRpi);
    this.json = json;
    this.symbols = symbols;
  }

  @Override
  public void decode(byte[] buffer, int offset, int length, FrameSink sink) {
    if (!scan.decode(buffer, offset, length, sink)) {
      parse(buffer, offset, length, sink);
    }
  }

  /** Reads whatever a message holds. */
  void parse(byte[] buffer, int offset, int length, FrameSink sink) {
    reset();
    try (JsonParser parser = json.createParser(buffer, offset, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        sink.malformed("expected an object, found " + parser.currentToken());
        return;
      }
      readObject(parser, true);
      if (parser.nextToken() != null) {
        sink.malformed("expected one object, found more behind it");
        return;
      }
    } catch (IOException e) {
      sink.malformed(firstLine(e.getMessage()));
      return;
    }
    tell(sink);
  }

  private void reset() {
    event = null;
    shutdownStream = false;
    instrument = null;
    unknownSymbol = null;
    hasSymbol = false;
    badSymbol = null;
    trade.reset();
    hasRequestId = false;
    hasResult = false;
    errorText = null;
    errorCode = null;
  }

  private void readObject(JsonParser parser, boolean outer) throws IOException {
    JsonToken token;
    while ((token = parser.nextToken()) == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == null) {
        break;
      }
      if (field.length() == 1) {
        readTradeField(parser, field.charAt(0), value);
      } else if (outer) {
        readOuterField(parser, field, value);
      } else {
        trade.read(parser, field, value);
      }
    }
    if (token != JsonToken.END_OBJECT) {
      throw new com.fasterxml.jackson.core.JsonParseException(parser, "the object does not end");
    }
  }

  private void readOuterField(JsonParser parser, String field, JsonToken value) throws IOException {
    switch (field) {
      case "data" -> {
        if (value == JsonToken.START_OBJECT) {
          readObject(parser, false);
        } else {
          parser.skipChildren();
        }
      }
      case "stream" -> shutdownStream = isShutdown(parser, value);
      case "result" -> {
        hasResult = true;
        parser.skipChildren();
      }
      case "id" -> {
        requestId = parser.getValueAsLong(-1);
        hasRequestId = requestId >= 0;
        parser.skipChildren();
      }
      case "code" -> errorCode = parser.getValueAsString();
      case "msg" -> errorText = parser.getValueAsString();
      case "error" -> {
        if (value == JsonToken.START_OBJECT) {
          readObject(parser, true);
        }
      }
      default -> trade.read(parser, field, value);
    }
  }

  /** Makes a string only of a name that may be the one. */
  private static boolean isShutdown(JsonParser parser, JsonToken value) throws IOException {
    return value == JsonToken.VALUE_STRING
        && parser.getTextLength() == SHUTDOWN_STREAM.length()
        && parser.getTextCharacters()[parser.getTextOffset()] == '!'
        && parser.getText().equals(SHUTDOWN_STREAM);
  }

  private void readTradeField(JsonParser parser, char field, JsonToken value) throws IOException {
    switch (field) {
      case 'e' -> event = value == JsonToken.VALUE_STRING ? parser.getText() : null;
      case 's' -> readSymbol(parser, value);
      default -> trade.read(parser, field, value);
    }
  }

  private void readSymbol(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_STRING) {
      badSymbol = "s is not a string";
      return;
    }
    hasSymbol = true;
    instrument =
        symbols.find(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    if (instrument == null) {
      unknownSymbol = parser.getText();
    }
  }

  private void tell(FrameSink sink) {
    if (event == null && shutdownStream) {
      sink.goingAway(SHUTDOWN);
    } else if (event == null) {
      tellReply(sink);
    } else if (event.equals("aggTrade")) {
      tellTrade(sink);
    } else if (event.equals(SHUTDOWN)) {
      sink.goingAway(SHUTDOWN);
    } else {
      sink.ignored(event);
    }
  }

  private void tellReply(FrameSink sink) {
    if (errorText != null || errorCode != null) {
      sink.refused(hasRequestId ? requestId : -1, "code " + errorCode + ": " + errorText);
    } else if (hasResult && hasRequestId) {
      sink.acknowledged(requestId);
    } else {
      sink.malformed("neither an event nor a reply");
    }
  }

  private void tellTrade(FrameSink sink) {
    String fault = hasSymbol ? trade.fault() : badSymbol;
    if (fault != null || !hasSymbol) {
      sink.malformed("aggTrade: " + (fault == null ? "s is missing" : fault));
    } else if (instrument == null) {
      sink.unknownInstrument(unknownSymbol);
    } else if (trade.isTrade(instrument)) {
      sink.trade(
          instrument,
          trade.id(),
          trade.price(instrument),
          trade.quantity(instrument),
          trade.timeMicros(),
          trade.eventMicros(),
          trade.buy(),
          trade.fills(),
          trade.isAside());
    } else if (trade.isVoid() || trade.isAllRpi(instrument)) {
      sink.noTrade(instrument, trade.id());
    } else {
      sink.invalidTrade(instrument, trade.whyInvalid(instrument));
    }
  }

  private static String firstLine(String message) {
    int end = message == null ? -1 : message.indexOf('\n');
    return end < 0 ? String.valueOf(message) : message.substring(0, end);
  }
}
