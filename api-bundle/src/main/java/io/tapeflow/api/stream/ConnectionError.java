package io.tapeflow.api.stream;

import java.time.Instant;
import java.util.Objects;

/**
 * Why a connection, or an attempt at one, ended.
 *
 * @param kind the class of fault
 * @param phase the phase it happened in, or null if the connection was past its phases
 * @param message what happened, in words
 * @param at when
 */
public record ConnectionError(ErrorKind kind, ConnectionPhase phase, String message, Instant at) {
  /** Checks that only the phase may be null. */
  public ConnectionError {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(at, "at");
  }
}
