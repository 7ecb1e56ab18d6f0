package io.tapeflow.api.stream;

/** What is known of one instrument's part of a stream. */
public enum InstrumentState {
  /** The connection is not live, so nothing can be said of the instrument. */
  DISCONNECTED,
  /** Subscription sent, not yet acknowledged. */
  SUBSCRIBING,
  /** Acknowledged, but no trade has come on this connection yet. */
  WAITING_FOR_DATA,
  /** Trades flow. */
  LIVE,
  /**
   * No trade for longer than is usual for it, and the venue's REST answers say that there was none:
   * the market is quiet, the stream is not at fault.
   */
  QUIET,
  /**
   * The venue has printed trades that its stream did not carry; it is being subscribed anew, and
   * the trades are fetched.
   */
  SILENT,
  /** The venue refused the subscription. */
  REJECTED,
  /** Another configuration already carries this instrument; this one leaves it alone. */
  CLAIMED_ELSEWHERE
}
