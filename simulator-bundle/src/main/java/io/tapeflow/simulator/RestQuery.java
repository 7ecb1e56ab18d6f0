package io.tapeflow.simulator;

import java.util.regex.Pattern;
import org.eclipse.jetty.util.Fields;

/** A request's parameters, with the venue's own complaints about them. */
record RestQuery(Fields fields) {
  private static final String SYMBOL_RANGE = "^[A-Z0-9-_.]{1,20}$";
  private static final String NUMBER_RANGE = "^[0-9]{1,20}$";
  private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9_.-]{1,20}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}");

  boolean has(String name) {
    return fields.getValue(name) != null;
  }

  String text(String name) {
    return fields.getValue(name);
  }

  String symbol(String name) throws RestError {
    String symbol = fields.getValue(name);
    if (symbol == null || symbol.isEmpty()) {
      throw RestError.missing(name);
    }
    return checkedSymbol(name, symbol);
  }

  static String checkedSymbol(String name, String symbol) throws RestError {
    if (!SYMBOL.matcher(symbol).matches()) {
      throw RestError.illegal(name, SYMBOL_RANGE);
    }
    return symbol;
  }

  /** A whole number; the other value if it was not sent. */
  long number(String name, long otherwise) throws RestError {
    String value = fields.getValue(name);
    if (value == null) {
      return otherwise;
    }
    if (!NUMBER.matcher(value).matches()) {
      throw RestError.illegal(name, NUMBER_RANGE);
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw RestError.illegal(name, NUMBER_RANGE);
    }
  }
}
