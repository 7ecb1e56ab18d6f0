package io.tapeflow.stream;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.venue.SymbolTable;
import java.util.Collection;
import java.util.List;

/**
 * The instruments of one connection by symbol, in an open hash table that is replaced whole when an
 * instrument comes or goes.
 */
final class Symbols implements SymbolTable {
  private volatile Instrument[] table = tableOf(List.of());

  void set(Collection<Instrument> instruments) {
    table = tableOf(instruments);
  }

  @Override
  public Instrument find(char[] text, int offset, int length) {
    Instrument[] slots = table;
    int slot = hash(text, offset, length) & (slots.length - 1);
    while (slots[slot] != null) {
      if (matches(slots[slot].symbol(), text, offset, length)) {
        return slots[slot];
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return null;
  }

  private static Instrument[] tableOf(Collection<Instrument> instruments) {
    Instrument[] slots =
        new Instrument[Integer.highestOneBit(Math.max(4, instruments.size() * 4 - 1)) << 1];
    for (Instrument instrument : instruments) {
      char[] symbol = instrument.symbol().toCharArray();
      int slot = hash(symbol, 0, symbol.length) & (slots.length - 1);
      while (slots[slot] != null) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = instrument;
    }
    return slots;
  }

  private static int hash(char[] text, int offset, int length) {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + text[offset + i];
    }
    return hash ^ (hash >>> 15);
  }

  private static boolean matches(String symbol, char[] text, int offset, int length) {
    if (symbol.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (symbol.charAt(i) != text[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
