package io.tapeflow.launcher;

/** A command could not be carried out; the message is the one line that the person is told. */
final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }

  CommandFailure(String message, Throwable cause) {
    super(message + ": " + reason(cause), cause);
  }

  /** What an exception says, for a person. */
  static String reason(Throwable cause) {
    String message = cause.getMessage();
    String kind = cause.getClass().getSimpleName();
    return message == null ? kind : kind + ": " + message;
  }
}
