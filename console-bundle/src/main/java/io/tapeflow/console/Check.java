package io.tapeflow.console;

import java.util.List;

/** One of the six checks: a function of what was observed, and of nothing else. */
interface Check {
  int id();

  String name();

  void examine(Observation seen, Findings findings);

  /** What happened when, in any order. */
  default List<Event> events(Observation seen) {
    return List.of();
  }
}
