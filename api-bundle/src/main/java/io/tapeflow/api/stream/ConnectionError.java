package io.tapeflow.api.stream;

import java.time.Instant;
import java.util.Objects;

/**
 * Why a connection, or an attempt at one, ended.
 *
 * @param kind the class of fault
 * @param phase the phase it happened in, or null if the connection was past its phases
 * @param message what happened, in words
 * @param code the HTTP status or the WebSocket close code; 0 if it was neither
 * @param at when
 */
public record ConnectionError(
    ErrorKind kind, ConnectionPhase phase, String message, int code, Instant at) {
  /** Checks that only the phase may be null. */
  public ConnectionError {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(at, "at");
  }
}
