package io.tapeflow.api.stream;

/** How a connection, or an attempt at one, came to its end. */
public enum ErrorKind {
  /** A deadline passed; the error's phase says in which phase. */
  TIMEOUT,
  /** The peer refused the TCP connection, or the network did not carry it. */
  REFUSED,
  /** The host name could not be resolved. */
  DNS,
  /** The TLS handshake failed, the certificate included. */
  TLS,
  /**
   * The peer answered the upgrade with an HTTP status other than 101, which the message has, or
   * with what is no answer to it.
   */
  HTTP,
  /** The connection was closed; the message has the WebSocket close code. */
  CLOSED,
  /** The venue refused a subscription; the message has its code and words. */
  REJECTED,
  /** No data within the idle limit on a connection that had been live. */
  IDLE,
  /** The configuration does not permit a connection; the message names the property. */
  CONFIGURATION,
  /** A fault of Tapeflow's own; the log has the stack trace. */
  INTERNAL
}
