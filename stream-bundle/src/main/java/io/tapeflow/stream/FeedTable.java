package io.tapeflow.stream;

import io.tapeflow.api.trade.Instrument;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The feeds of one connector, replaced whole when one comes or goes; written by one thread. */
final class FeedTable {
  private volatile Map<String, InstrumentFeed> bySymbol = Map.of();

  InstrumentFeed find(String symbol) {
    return bySymbol.get(symbol);
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
    bySymbol = next;
  }

  void remove(String symbol) {
    Map<String, InstrumentFeed> next = new LinkedHashMap<>(bySymbol);
    next.remove(symbol);
    bySymbol = next;
  }
}
