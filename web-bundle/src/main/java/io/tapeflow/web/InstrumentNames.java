package io.tapeflow.web;

import io.tapeflow.api.trade.Instrument;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the instrument that a path means. */
final class InstrumentNames {
  private InstrumentNames() {}

  /** The one instrument of this name; a problem lists what there is if it is none or several. */
  static Instrument find(String name, Collection<Instrument> known) {
    SortedMap<String, Instrument> byKey = byKey(known);
    List<Instrument> meant =
        byKey.values().stream()
            .filter(it -> name.equals(it.symbol()) || name.equals(it.key()))
            .toList();
    if (meant.isEmpty()) {
      throw Problem.unknownInstrument(name, byKey.keySet());
    }
    if (meant.size() > 1) {
      throw Problem.ambiguousInstrument(name, meant.stream().map(Instrument::key).toList());
    }
    return meant.get(0);
  }

  /** What to call instruments: by symbol, or by key where several venues have the symbol. */
  static Function<Instrument, String> among(Collection<Instrument> known) {
    Map<String, Long> venues =
        byKey(known).values().stream()
            .collect(Collectors.groupingBy(Instrument::symbol, Collectors.counting()));
    return it -> venues.getOrDefault(it.symbol(), 1L) > 1 ? it.key() : it.symbol();
  }

  /** Each instrument once, in the order of the keys. */
  static SortedMap<String, Instrument> byKey(Collection<Instrument> instruments) {
    SortedMap<String, Instrument> byKey = new TreeMap<>();
    instruments.forEach(instrument -> byKey.putIfAbsent(instrument.key(), instrument));
    return byKey;
  }
}
