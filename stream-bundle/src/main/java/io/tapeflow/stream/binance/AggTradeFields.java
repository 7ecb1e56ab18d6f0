package io.tapeflow.stream.binance;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tapeflow.api.trade.Instrument;
import java.io.IOException;

/**
 * The fields that a trade has in the stream and in REST answers alike; reused from one to the next.
 */
final class AggTradeFields {
  /** From here on a time is in microseconds; in milliseconds it would be the year 33658. */
  private static final long FIRST_MICROS = 1_000_000_000_000_000L;

  private static final int HAS_ID = 1;
  private static final int HAS_PRICE = 2;
  private static final int HAS_QUANTITY = 4;
  private static final int HAS_TIME = 8;
  private static final int HAS_SIDE = 16;
  private static final int COMPLETE = 31;

  private final boolean withoutRpi;
  private final DecimalText price = new DecimalText();
  private final DecimalText quantity = new DecimalText();
  private final DecimalText netQuantity = new DecimalText();
  private boolean hasNet;
  private boolean aside;
  private int has;
  private long id;
  private long firstFill;
  private long lastFill;
  private long time;
  private long eventTime;
  private boolean buyerIsMaker;
  private String fault;

  /**
   * Fields whose quantity is that of {@code q}, or that of {@code nq} where a trade has one: the
   * quantity without the venue's retail price improvement.
   */
  AggTradeFields(boolean withoutRpi) {
    this.withoutRpi = withoutRpi;
  }

  void reset() {
    has = 0;
    hasNet = false;
    aside = false;
    firstFill = 0;
    lastFill = 0;
    eventTime = 0;
    fault = null;
  }

  /** Reads a field's value; one that is none of a trade's is passed over. */
  void read(JsonParser parser, char field, JsonToken value) throws IOException {
    switch (field) {
      case 'a' -> id = readLong(parser, field, value, HAS_ID);
      case 'p' -> readDecimal(parser, "p", value, price, HAS_PRICE);
      case 'q' -> readDecimal(parser, "q", value, quantity, HAS_QUANTITY);
      case 'f' -> firstFill = readLong(parser, field, value, 0);
      case 'l' -> lastFill = readLong(parser, field, value, 0);
      case 'T' -> time = readLong(parser, field, value, HAS_TIME);
      case 'E' -> eventTime = readOptionalLong(parser, value);
      case 'm' -> {
        if (value.isBoolean()) {
          buyerIsMaker = value == JsonToken.VALUE_TRUE;
          has |= HAS_SIDE;
        } else {
          fault = "m is not true or false";
        }
      }
      case 'X' -> aside = isAside(parser, value);
      default -> parser.skipChildren();
    }
  }

  /** Reads a field with a longer name; one that is none of a trade's is passed over. */
  void read(JsonParser parser, String field, JsonToken value) throws IOException {
    if (withoutRpi && field.equals("nq")) {
      readDecimal(parser, field, value, netQuantity, 0);
      hasNet = true;
    } else {
      parser.skipChildren();
    }
  }

  /** What is wrong with the fields, or null if all are there. */
  String fault() {
    return fault == null && has != COMPLETE ? "a field of a, p, q, T, m is missing" : fault;
  }

  long id() {
    return id;
  }

  /** Fixed-point at the instrument's scale, or {@link DecimalText#NO_FIT}. */
  long price(Instrument instrument) {
    return price.at(instrument.priceScale());
  }

  /** Fixed-point at the instrument's scale, or {@link DecimalText#NO_FIT}. */
  long quantity(Instrument instrument) {
    return (hasNet ? netQuantity : quantity).at(instrument.quantityScale());
  }

  long timeMicros() {
    return micros(time);
  }

  /** When the venue stamped the message; the time of the trade if it does not say. */
  long eventMicros() {
    return eventTime > 0 ? micros(eventTime) : timeMicros();
  }

  /** Microseconds of a time that the venue gives in milliseconds or in microseconds. */
  static long micros(long time) {
    return time >= FIRST_MICROS ? time : time * 1_000;
  }

  /** Whether the venue has found it to be no trade: one without fills. */
  boolean isVoid() {
    return firstFill == -1 && lastFill == -1;
  }

  /** Whether the print is the venue's own, such as of its insurance fund, and no market trade. */
  boolean isAside() {
    return aside;
  }

  /** Whether nothing is left of the trade when the venue's retail price improvement is left out. */
  boolean isAllRpi(Instrument instrument) {
    return hasNet
        && quantity(instrument) == 0
        && quantity.at(instrument.quantityScale()) > 0
        && price(instrument) > 0
        && id >= 0;
  }

  boolean buy() {
    return !buyerIsMaker;
  }

  int fills() {
    return fills(firstFill, lastFill);
  }

  /** Number of single fills, by the ids of the first and the last. */
  static int fills(long first, long last) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, last - first + 1));
  }

  /** Why a trade with these fields cannot be taken, or null if it can. */
  String whyInvalid(Instrument instrument) {
    String what = "trade " + id + ": ";
    if (price(instrument) == DecimalText.NO_FIT) {
      return what + "the price does not fit " + instrument.priceScale() + " decimals of a long";
    }
    if (quantity(instrument) == DecimalText.NO_FIT) {
      return what
          + "the quantity does not fit "
          + instrument.quantityScale()
          + " decimals of a long";
    }
    return isPositive(instrument) ? null : what + "price, quantity, id and time must be positive";
  }

  /** Whether it is a trade that can be taken as it is. */
  boolean isTrade(Instrument instrument) {
    return !isVoid() && isPositive(instrument);
  }

  private boolean isPositive(Instrument instrument) {
    return price(instrument) > 0 && quantity(instrument) > 0 && id >= 0 && time > 0;
  }

  private long readLong(JsonParser parser, char field, JsonToken value, int flag)
      throws IOException {
    if (value != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      fault = field + " is not a whole number";
      parser.skipChildren();
      return 0;
    }
    has |= flag;
    return parser.getLongValue();
  }

  /** A whole number, or 0 for anything else: no trade is lost for want of it. */
  private static long readOptionalLong(JsonParser parser, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return parser.getLongValue();
    }
    parser.skipChildren();
    return 0;
  }

  /** Futures say by what a print came about; on spot, and mostly, they do not. */
  private static boolean isAside(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_STRING) {
      parser.skipChildren();
      return false;
    }
    String cause = parser.getText();
    return !cause.equals("MARKET") && !cause.equals("RPI");
  }

  private void readDecimal(
      JsonParser parser, String field, JsonToken value, DecimalText target, int flag)
      throws IOException {
    boolean text = value == JsonToken.VALUE_STRING || value.isNumeric();
    if (text
        && target.read(
            parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())) {
      has |= flag;
    } else {
      fault = field + " is not a decimal number";
      parser.skipChildren();
    }
  }
}
