package io.tapeflow.api.stream;

/** What a connection is doing. */
public enum StreamState {
  /** Not running: never started, stopped, or kept from starting by its configuration. */
  STOPPED,
  /** An attempt is under way; the {@link ConnectionPhase} says how far it has come. */
  CONNECTING,
  /** Data flows. */
  LIVE,
  /** Connected, but no data came within the idle limit; the connection is being replaced. */
  STALLED,
  /** Waiting before the next attempt; the status says until when. */
  BACKING_OFF,
  /** Being stopped. */
  STOPPING
}
