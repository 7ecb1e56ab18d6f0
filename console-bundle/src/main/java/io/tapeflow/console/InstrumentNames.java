package io.tapeflow.console;

import io.tapeflow.api.trade.Instrument;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the instrument that a person means. */
final class InstrumentNames {
  private InstrumentNames() {}

  /**
   * The one instrument of this name.
   *
   * @throws IllegalArgumentException if there is none or several; the message lists what there is
   */
  static Instrument find(String name, Collection<Instrument> known) {
    Map<String, Instrument> byKey = new TreeMap<>();
    known.forEach(instrument -> byKey.put(instrument.key(), instrument));
    List<Instrument> meant =
        byKey.values().stream()
            .filter(it -> name.equals(it.symbol()) || name.equals(it.key()))
            .toList();
    if (meant.size() == 1) {
      return meant.get(0);
    }
    if (meant.isEmpty()) {
      throw new IllegalArgumentException(
          "Unknown instrument %s; there are: %s".formatted(name, list(byKey.keySet())));
    }
    throw new IllegalArgumentException(
        "Several venues have %s; say which: %s"
            .formatted(name, list(meant.stream().map(Instrument::key).toList())));
  }

  private static String list(Collection<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
