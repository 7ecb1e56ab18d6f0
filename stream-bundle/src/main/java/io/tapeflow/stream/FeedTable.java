package io.tapeflow.stream;

import io.tapeflow.api.trade.Instrument;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The feeds of one connector, replaced whole when one comes or goes; written by one thread. */
final class FeedTable {
  private volatile Map<String, InstrumentFeed> bySymbol = Map.of();
  private volatile IdentityHashMap<Instrument, InstrumentFeed> byInstrument =
      new IdentityHashMap<>();

  InstrumentFeed find(String symbol) {
    return bySymbol.get(symbol);
  }

  /** By identity: the decoder hands on the very instruments of its symbol table. */
  InstrumentFeed find(Instrument instrument) {
    return byInstrument.get(instrument);
  }

  Collection<InstrumentFeed> all() {
    return bySymbol.values();
  }

  List<Instrument> instruments() {
    return bySymbol.values().stream().map(InstrumentFeed::instrument).toList();
  }

  void put(InstrumentFeed feed) {
    Map<String, InstrumentFeed> next = new LinkedHashMap<>(bySymbol);
    next.put(feed.instrument().symbol(), feed);
    set(next);
  }

  void remove(String symbol) {
    Map<String, InstrumentFeed> next = new LinkedHashMap<>(bySymbol);
    next.remove(symbol);
    set(next);
  }

  private void set(Map<String, InstrumentFeed> next) {
    IdentityHashMap<Instrument, InstrumentFeed> identity = new IdentityHashMap<>();
    next.values().forEach(feed -> identity.put(feed.instrument(), feed));
    byInstrument = identity;
    bySymbol = next;
  }
}
