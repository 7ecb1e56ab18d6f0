package io.tapeflow.metrics;

import java.util.HashMap;
import java.util.Map;

/** States of families that are not there, or not yet, to go on from when they come back. */
final class Parked {
  private final Map<String, FamilyState> states = new HashMap<>();

  /** Keeps the state of a family, if it has one. */
  void put(FamilySlot slot) {
    FamilyState state = slot.save();
    if (state != null) {
      states.put(slot.family(), state);
    }
  }

  void putAll(Map<String, FamilyState> saved) {
    states.putAll(saved);
  }

  /** Null if there is none. */
  FamilyState get(String family) {
    return states.get(family);
  }

  /** Null if there is none. */
  FamilyState remove(String family) {
    return states.remove(family);
  }

  /** Drops what contains an id, because what came before it has turned out different. */
  void dropFrom(long id) {
    states.values().removeIf(state -> state.coveredId() >= id);
  }

  Map<String, FamilyState> all() {
    return states;
  }
}
