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
  /** The venue refused the subscription. */
  REJECTED,
  /** Another configuration already carries this instrument; this one leaves it alone. */
  CLAIMED_ELSEWHERE
}
