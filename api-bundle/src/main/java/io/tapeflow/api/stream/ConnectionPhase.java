package io.tapeflow.api.stream;

/** The steps of a connection attempt, in order. */
public enum ConnectionPhase {
  /** The venue's host name is being resolved. */
  DNS,
  /** The TCP connection is being made. */
  TCP,
  /** The TLS handshake runs; left out for {@code ws} endpoints. */
  TLS,
  /** The HTTP upgrade to a WebSocket was asked for. */
  UPGRADE,
  /** The subscription was sent, its acknowledgement is awaited. */
  SUBSCRIBE,
  /** The subscription is acknowledged, the first trade is awaited. */
  FIRST_DATA
}
