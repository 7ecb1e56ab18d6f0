package io.tapeflow.api.stream;

import java.time.Instant;
import java.util.Objects;

/**
 * One line of a connection's timeline.
 *
 * @param at when
 * @param state the state entered
 * @param detail phase, error or reason, in words; may be empty
 */
public record StateChange(Instant at, StreamState state, String detail) {
  /** Checks that nothing is null. */
  public StateChange {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(detail, "detail");
  }
}
