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
  CLOCK_BEHIND,

  /** Open connections get half of a frame, and are then reset. */
  RESET_MID_FRAME,

  /** Open connections get half of a frame, and then nothing more passes in either direction. */
  HALF_FRAME,

  /** Open connections get one text message of the number of KiB. */
  OVERSIZED,

  /** One trade in every number is sent in three fragments, with a ping between them. */
  FRAGMENTED,

  /** One trade in every number is sent compressed, though that was not agreed upon. */
  COMPRESSED,

  /** One trade in every number is sent with bytes that are not UTF-8. */
  INVALID_UTF8,

  /**
   * One trade in every number is sent as valid JSON that is wrong: a field is missing, of a wrong
   * type or value, or the symbol is none. A different thing is wrong each time.
   */
  WRONG_JSON,

  /** One trade in every number is followed by the ten before it, newest first. */
  IDS_BACKWARDS,

  /**
   * One trade in twenty is left out, one in twenty doubled, and each few are shuffled, by a plan
   * that depends on nothing but the number, its seed, while trades come quickly: none is held for
   * long. The first one that it concerns on a subscription is let through.
   */
  DISTURB,

  /** REST requests are never answered. */
  REST_HANG,

  /** REST requests are answered with the number as HTTP status, and a page in HTML. */
  REST_STATUS,

  /** REST requests are answered the number of milliseconds late. */
  REST_LATE,

  /** The connection is reset in the middle of a REST answer. */
  REST_RESET,

  /** The JSON of a REST answer ends in the middle. */
  REST_TRUNCATED,

  /** REST has no trade, though there are some. */
  REST_EMPTY,

  /** The rows of trades in a REST answer are out of order. */
  REST_SHUFFLED,

  /** REST answers a request for trades from an id on with those before it. */
  REST_OUT_OF_RANGE,

  /** REST answers a request for trades with those of another symbol. */
  REST_OTHER_SYMBOL,

  /** One trade in every number is left out of the first REST answer that should have it. */
  REST_LEAVES_OUT,

  /** REST knows a trade only the number of milliseconds after the stream. */
  REST_LAG
}
