package io.tapeflow.console;

import java.time.Instant;

/**
 * A line of a check's timeline.
 *
 * @param at when it happened
 * @param what happened
 */
record Event(Instant at, String what) {
  @Override
  public String toString() {
    return Words.time(at) + ' ' + what;
  }
}
