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
 * Reads Binance's stream messages with Jackson's streaming parser, from bytes to primitives. A
 * message is one flat object, perhaps wrapped as {@code {"stream":…,"data":{…}}}; the order of its
 * fields does not matter, and fields that are not known are passed over.
 */
final class BinanceDecoder implements FrameDecoder {
  /** From here on a time is in microseconds; in milliseconds it would be the year 33658. */
  private static final long FIRST_MICROS = 1_000_000_000_000_000L;

  private static final int HAS_ID = 1;
  private static final int HAS_PRICE = 2;
  private static final int HAS_QUANTITY = 4;
  private static final int HAS_TIME = 8;
  private static final int HAS_SIDE = 16;
  private static final int HAS_SYMBOL = 32;
  private static final int COMPLETE = 63;

  private final JsonFactory json;
  private final SymbolTable symbols;
  private final DecimalText price = new DecimalText();
  private final DecimalText quantity = new DecimalText();

  // The message being read.
  private String event;
  private Instrument instrument;
  private String unknownSymbol;
  private int has;
  private long id;
  private long firstFill;
  private long lastFill;
  private long time;
  private boolean buyerIsMaker;
  private String badNumber;
  private long requestId;
  private boolean hasRequestId;
  private boolean hasResult;
  private String errorText;
  private String errorCode;

  BinanceDecoder(JsonFactory json, SymbolTable symbols) {
    this.json = json;
    this.symbols = symbols;
  }

  @Override
  public void decode(byte[] buffer, int offset, int length, FrameSink sink) {
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
    instrument = null;
    unknownSymbol = null;
    has = 0;
    firstFill = 0;
    lastFill = 0;
    badNumber = null;
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
        parser.skipChildren();
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
      case "result" -> {
        hasResult = true;
        parser.skipChildren();
      }
      case "id" -> {
        hasRequestId = value.isNumeric();
        requestId = parser.getValueAsLong(-1);
        parser.skipChildren();
      }
      case "code" -> errorCode = parser.getValueAsString();
      case "msg" -> errorText = parser.getValueAsString();
      case "error" -> {
        if (value == JsonToken.START_OBJECT) {
          readObject(parser, true);
        }
      }
      default -> parser.skipChildren();
    }
  }

  private void readTradeField(JsonParser parser, char field, JsonToken value) throws IOException {
    switch (field) {
      case 'e' -> event = value == JsonToken.VALUE_STRING ? parser.getText() : null;
      case 's' -> readSymbol(parser, value);
      case 'a' -> id = readLong(parser, field, value, HAS_ID);
      case 'p' -> readDecimal(parser, field, value, price, HAS_PRICE);
      case 'q' -> readDecimal(parser, field, value, quantity, HAS_QUANTITY);
      case 'f' -> firstFill = readLong(parser, field, value, 0);
      case 'l' -> lastFill = readLong(parser, field, value, 0);
      case 'T' -> time = readLong(parser, field, value, HAS_TIME);
      case 'm' -> {
        if (value.isBoolean()) {
          buyerIsMaker = value == JsonToken.VALUE_TRUE;
          has |= HAS_SIDE;
        } else {
          badNumber = "m is not true or false";
        }
      }
      default -> parser.skipChildren();
    }
  }

  private void readSymbol(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_STRING) {
      badNumber = "s is not a string";
      return;
    }
    has |= HAS_SYMBOL;
    instrument =
        symbols.find(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    if (instrument == null) {
      unknownSymbol = parser.getText();
    }
  }

  private long readLong(JsonParser parser, char field, JsonToken value, int flag)
      throws IOException {
    if (value != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      badNumber = field + " is not a whole number";
      parser.skipChildren();
      return 0;
    }
    has |= flag;
    return parser.getLongValue();
  }

  private void readDecimal(
      JsonParser parser, char field, JsonToken value, DecimalText target, int flag)
      throws IOException {
    boolean text = value == JsonToken.VALUE_STRING || value.isNumeric();
    if (text
        && target.read(
            parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())) {
      has |= flag;
    } else {
      badNumber = field + " is not a decimal number";
      parser.skipChildren();
    }
  }

  private void tell(FrameSink sink) {
    if (event == null) {
      tellReply(sink);
    } else if (event.equals("aggTrade")) {
      tellTrade(sink);
    } else if (event.equals("serverShutdown")) {
      sink.goingAway("serverShutdown");
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
    if (badNumber != null || has != COMPLETE) {
      sink.malformed(
          badNumber != null
              ? "aggTrade: " + badNumber
              : "aggTrade: a field of a,p,q,s,T,m is missing");
      return;
    }
    if (instrument == null) {
      sink.unknownInstrument(unknownSymbol);
      return;
    }
    long fixedPrice = price.at(instrument.priceScale());
    long fixedQuantity = quantity.at(instrument.quantityScale());
    if (fixedPrice <= 0 || fixedQuantity <= 0 || id < 0 || time <= 0) {
      sink.invalidTrade(instrument, whyInvalid(fixedPrice, fixedQuantity));
      return;
    }
    sink.trade(
        instrument,
        id,
        fixedPrice,
        fixedQuantity,
        time >= FIRST_MICROS ? time : time * 1_000,
        !buyerIsMaker,
        (int) Math.max(1, Math.min(Integer.MAX_VALUE, lastFill - firstFill + 1)),
        false);
  }

  private String whyInvalid(long fixedPrice, long fixedQuantity) {
    String what = "trade " + id + ": ";
    if (fixedPrice == DecimalText.NO_FIT) {
      return what + "the price does not fit " + instrument.priceScale() + " decimals of a long";
    }
    if (fixedQuantity == DecimalText.NO_FIT) {
      return what
          + "the quantity does not fit "
          + instrument.quantityScale()
          + " decimals of a long";
    }
    return what + "price, quantity, id and time must be positive";
  }

  private static String firstLine(String message) {
    int end = message == null ? -1 : message.indexOf('\n');
    return end < 0 ? String.valueOf(message) : message.substring(0, end);
  }
}
