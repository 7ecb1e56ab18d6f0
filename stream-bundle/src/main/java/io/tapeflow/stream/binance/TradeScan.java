package io.tapeflow.stream.binance;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.venue.FrameSink;
import io.tapeflow.api.venue.SymbolTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the messages that nearly all are, aggregate trades just as Binance writes them, in one pass
 * over the bytes. Whatever is unusual, be it a space, it leaves to the parser: what it takes, it
 * takes as the parser would.
 */
final class TradeScan {
  private static final byte[] STREAM = ascii("{\"stream\":\"");
  private static final byte[] DATA = ascii(",\"data\":");
  private static final byte[] EVENT = ascii("{\"e\":\"aggTrade\"");
  private static final byte[] NET = ascii(",\"nq\":\"");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");

  /** Not as it usually is. */
  private static final int UNUSUAL = -1;

  /** So many digits fit a long whatever they are. */
  private static final int MOST_DIGITS = 18;

  private static final int LONGEST_SYMBOL = 32;
  private static final long NEEDED =
      bit('s') | bit('a') | bit('p') | bit('q') | bit('T') | bit('m');

  private final SymbolTable symbols;
  private final boolean withoutRpi;

  // The message being read.
  private final char[] symbol = new char[LONGEST_SYMBOL];
  private int symbolLength;
  private long seen;
  private long id;
  private long firstFill;
  private long lastFill;
  private long time;
  private long eventTime;
  private boolean buyerIsMaker;
  private long price;
  private int priceDecimals;
  private long quantity;
  private int quantityDecimals;

  // The number read last.
  private long number;
  private int decimals;

  TradeScan(SymbolTable symbols, boolean withoutRpi) {
    this.symbols = symbols;
    this.withoutRpi = withoutRpi;
  }

  /** Tells the sink of a trade; returns false, and has told nothing, if it may be none. */
  boolean decode(byte[] buffer, int offset, int length, FrameSink sink) {
    int end = offset + length;
    int at = offset;
    boolean wrapped = isAt(STREAM, buffer, at, end);
    if (wrapped) {
      at = behindText(buffer, at + STREAM.length, end);
      if (at < 0 || !isAt(DATA, buffer, at, end)) {
        return false;
      }
      at += DATA.length;
    }
    if (!isAt(EVENT, buffer, at, end)) {
      return false;
    }
    at = fields(buffer, at + EVENT.length, end);
    int tail = wrapped ? 2 : 1;
    return at >= 0
        && at == end - tail
        && buffer[at] == '}'
        && buffer[end - 1] == '}'
        && (seen & NEEDED) == NEEDED
        && tell(sink);
  }

  /** Reads fields as long as they go on; each may be there once. */
  private int fields(byte[] buffer, int from, int end) {
    seen = 0;
    firstFill = 0;
    lastFill = 0;
    eventTime = 0;
    int at = from;
    while (at >= 0 && at + 5 < end && buffer[at] == ',') {
      if (buffer[at + 1] == '"' && buffer[at + 3] == '"' && buffer[at + 4] == ':') {
        at = field(buffer[at + 2], buffer, at + 5, end);
      } else if (isAt(NET, buffer, at, end)) {
        at = netQuantity(buffer, at + NET.length - 1, end);
      } else {
        return UNUSUAL;
      }
    }
    return at;
  }

  private int field(byte name, byte[] buffer, int at, int end) {
    if (name < 'A' || name > 'z' || (seen & bit(name)) != 0) {
      return UNUSUAL;
    }
    seen |= bit(name);
    int next;
    switch (name) {
      case 'E' -> {
        next = whole(buffer, at, end);
        eventTime = number;
      }
      case 's' -> next = symbol(buffer, at, end);
      case 'a' -> {
        next = whole(buffer, at, end);
        id = number;
      }
      case 'p' -> {
        next = decimal(buffer, at, end);
        price = number;
        priceDecimals = decimals;
      }
      case 'q' -> {
        next = decimal(buffer, at, end);
        if ((seen & bit('n')) == 0) {
          quantity = number;
          quantityDecimals = decimals;
        }
      }
      case 'f' -> {
        next = whole(buffer, at, end);
        firstFill = number;
      }
      case 'l' -> {
        next = whole(buffer, at, end);
        lastFill = number;
      }
      case 'T' -> {
        next = whole(buffer, at, end);
        time = number;
      }
      case 'm' -> {
        next = behindFlag(buffer, at, end);
        buyerIsMaker = buffer[at] == 't';
      }
      case 'M' -> next = behindFlag(buffer, at, end);
      default -> next = UNUSUAL;
    }
    return next;
  }

  /** The quantity without the venue's retail price improvement takes the place of the other. */
  private int netQuantity(byte[] buffer, int at, int end) {
    // Names of one letter only are read by it, so that its bit is free for this one.
    if ((seen & bit('n')) != 0) {
      return UNUSUAL;
    }
    int next = decimal(buffer, at, end);
    if (withoutRpi) {
      seen |= bit('n');
      quantity = number;
      quantityDecimals = decimals;
    }
    return next;
  }

  private boolean tell(FrameSink sink) {
    Instrument instrument = symbols.find(symbol, 0, symbolLength);
    if (instrument == null) {
      return false;
    }
    long units = DecimalText.fixed(price, priceDecimals, instrument.priceScale());
    long amount = DecimalText.fixed(quantity, quantityDecimals, instrument.quantityScale());
    if (units <= 0 || amount <= 0 || time <= 0) {
      return false;
    }
    long micros = AggTradeFields.micros(time);
    sink.trade(
        instrument,
        id,
        units,
        amount,
        micros,
        eventTime > 0 ? AggTradeFields.micros(eventTime) : micros,
        !buyerIsMaker,
        AggTradeFields.fills(firstFill, lastFill),
        false);
    return true;
  }

  private int symbol(byte[] buffer, int from, int end) {
    if (buffer[from] != '"') {
      return UNUSUAL;
    }
    int length = 0;
    int at = from + 1;
    while (at < end && length < LONGEST_SYMBOL && isPlain(buffer[at])) {
      symbol[length++] = (char) buffer[at++];
    }
    symbolLength = length;
    return at < end && buffer[at] == '"' ? at + 1 : UNUSUAL;
  }

  /** Behind the end of a text whose beginning has been read. */
  private static int behindText(byte[] buffer, int from, int end) {
    int at = from;
    while (at < end && isPlain(buffer[at])) {
      at++;
    }
    return at < end && buffer[at] == '"' ? at + 1 : UNUSUAL;
  }

  /** A character of ASCII that stands for itself in a text. */
  private static boolean isPlain(byte c) {
    return c >= ' ' && c != '"' && c != '\\';
  }

  /** Reads a whole number that is not negative. */
  private int whole(byte[] buffer, int from, int end) {
    long value = 0;
    int at = from;
    int digit;
    while (at < end && (digit = buffer[at] - '0') >= 0 && digit <= 9) {
      value = value * 10 + digit;
      at++;
    }
    int digits = at - from;
    number = value;
    boolean usual = digits > 0 && digits <= MOST_DIGITS && (buffer[from] != '0' || digits == 1);
    return usual ? at : UNUSUAL;
  }

  /** Reads a decimal number in quotes. */
  private int decimal(byte[] buffer, int from, int end) {
    long value = 0;
    int at = from + 1;
    int digit;
    while (at < end && (digit = buffer[at] - '0') >= 0 && digit <= 9) {
      value = value * 10 + digit;
      at++;
    }
    int digits = at - from - 1;
    int behindPoint = 0;
    if (at < end && buffer[at] == '.') {
      int first = ++at;
      while (at < end && (digit = buffer[at] - '0') >= 0 && digit <= 9) {
        value = value * 10 + digit;
        at++;
      }
      behindPoint = at - first;
    }
    number = value;
    decimals = behindPoint;
    boolean usual =
        buffer[from] == '"'
            && digits > 0
            && digits + behindPoint <= MOST_DIGITS
            && at < end
            && buffer[at] == '"';
    return usual ? at + 1 : UNUSUAL;
  }

  private static int behindFlag(byte[] buffer, int at, int end) {
    if (isAt(TRUE, buffer, at, end)) {
      return at + TRUE.length;
    }
    return isAt(FALSE, buffer, at, end) ? at + FALSE.length : UNUSUAL;
  }

  private static boolean isAt(byte[] text, byte[] buffer, int at, int end) {
    return end - at >= text.length
        && Arrays.equals(text, 0, text.length, buffer, at, at + text.length);
  }

  private static long bit(int name) {
    return 1L << (name - 'A');
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
