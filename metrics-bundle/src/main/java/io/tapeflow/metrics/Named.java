package io.tapeflow.metrics;

import io.tapeflow.api.trade.Instrument;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The instrument that a name means.
 *
 * @param instrument null if there is none, or more than one
 * @param reason why there is none, in words
 */
record Named(Instrument instrument, String reason) {
  /** Looks a name up among the instruments known. */
  static Named of(String name, Collection<Instrument> known) {
    List<Instrument> named =
        known.stream().filter(i -> name.equals(i.symbol()) || name.equals(i.key())).toList();
    if (named.size() == 1) {
      return new Named(named.get(0), "");
    }
    if (!named.isEmpty()) {
      return new Named(null, name + " could be any of " + list(named));
    }
    return new Named(
        null,
        "No stream carries "
            + name
            + (known.isEmpty() ? ", nor anything else" : "; there are " + list(known)));
  }

  private static String list(Collection<Instrument> instruments) {
    return instruments.stream().map(Instrument::key).collect(Collectors.joining(", "));
  }
}
