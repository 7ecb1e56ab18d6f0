package io.tapeflow.metrics;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeBatch;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the computation for an instrument stood when the bundle was stopped.
 *
 * @param instrument what was traded
 * @param tape the sums, as {@link FlowTape#state()} gave them
 * @param continuity the ids that were missing or had been repaired
 * @param states of the calculators, by family
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SavedRun(
    Instrument instrument, long[] tape, Continuity continuity, Map<String, FamilyState> states) {
  /** Venues print trades out of the order of their times, by less than this. */
  private static final long TOLERANCE_MICROS = 1_000_000;

  SavedRun {
    states = Map.copyOf(states);
  }

  long coveredId() {
    return tape[Slots.COVERED_ID];
  }

  /** The last trade's id. */
  long lastId() {
    return tape[Slots.LAST_ID];
  }

  /** The families that were at work when it was saved. */
  Set<String> families() {
    return states.entrySet().stream()
        .filter(it -> it.getValue().coveredId() == coveredId())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Whether trades come after it, and are not of another numbering. */
  boolean isBefore(TradeBatch trades) {
    return trades.id(0) > coveredId()
        && trades.timeMicros(0) >= tape[Slots.TIME] - TOLERANCE_MICROS;
  }

  /** Whether its last trade is among some. */
  boolean endsIn(TradeBatch trades) {
    for (int i = 0; i < trades.size(); i++) {
      if (trades.id(i) == lastId()) {
        return trades.price(i) == tape[Slots.LAST_PRICE]
            && trades.timeMicros(i) <= tape[Slots.TIME];
      }
    }
    return false;
  }
}
