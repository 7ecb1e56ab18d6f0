package io.tapeflow.api.simulator;

/** The ways in which the embedded venue can misbehave. */
public enum FaultKind {
  /** New connections are accepted by TCP, and nothing is ever sent on them. */
  SILENT_AFTER_TCP,
  /** New connections get half of the answer to their upgrade, then nothing. */
  SILENT_IN_UPGRADE,
  /** New connections get an HTTP status (the fault's number) instead of the upgrade. */
  HTTP_STATUS,
  /** Subscriptions are never acknowledged and no data is sent. */
  SILENT_IN_SUBSCRIBE,
  /** Subscriptions are refused with an error reply. */
  REFUSE_SUBSCRIBE,
  /** Subscriptions are acknowledged, but no data follows, on open connections either. */
  NO_DATA,
  /** As {@link #NO_DATA}, with pings once a second (or every number of milliseconds). */
  PINGS_ONLY,
  /**
   * Open connections are closed at once with the number as the close code; 1006 cuts the socket.
   */
  CLOSE,
  /** As {@link #CLOSE}, and new connections are refused by TCP until cleared. */
  REFUSE_TCP,
  /** One trade in every number is left out of the stream. REST still has it. */
  DROP,
  /** One trade in every number is sent twice. */
  DUPLICATE,
  /** One trade in every number is sent after the one behind it. */
  REORDER,
  /** One frame in every number is followed by one that cannot be read. */
  MALFORMED,
  /** Bytes leave at the number of bytes a second. */
  SLOW_DRIP,
  /**
   * Open connections stay open, but nothing more passes in either direction: a half-open socket.
   */
  HALF_OPEN,

  /**
   * Open connections are told that the server will shut down, in their own shape, and closed with
   * 1001 the number of milliseconds later. New connections are accepted meanwhile.
   */
  SERVER_SHUTDOWN,

  /**
   * The fault's symbol (each, if it names none) is no longer streamed on open connections until it
   * is unsubscribed and subscribed again. REST goes on having its trades.
   */
  SILENT_SYMBOL,

  /** Nothing is traded in the fault's symbol (in any, if it names none), but by hand. */
  QUIET_SYMBOL,

  /** The venue's clock is ahead by the number of milliseconds, which may be more than it was. */
  CLOCK_AHEAD,

  /** The venue's clock is behind by the number of milliseconds. */
  CLOCK_BEHIND
}
