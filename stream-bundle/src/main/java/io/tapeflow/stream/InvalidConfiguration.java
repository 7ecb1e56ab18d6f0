package io.tapeflow.stream;

/** A configuration that cannot be used; the message names PID, property, value and range. */
final class InvalidConfiguration extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidConfiguration(String message) {
    super(message);
  }
}
