package io.tapeflow.api.metrics;

/** How the aggressor's side, on which a metric rests, is known. */
public enum Provenance {
  /** The venue flags the aggressor of each trade. */
  AGGRESSOR_EXACT,
  /** Estimated from price changes by bulk volume classification. */
  ESTIMATED_BVC,
  /** Estimated from the direction of the last price change. */
  ESTIMATED_TICK_RULE
}
