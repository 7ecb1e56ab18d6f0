package io.tapeflow.api.metrics;

/**
 * How far a metric can be trusted. Only {@link #OK} may be acted upon; the others are different
 * answers, and none of them means "neutral".
 */
public enum MetricStatus {
  /** Current and computed over everything its definition asks for. */
  OK,
  /** Trades flow, but the metric's window or anchor reaches back further than they do. */
  WARMING_UP,
  /** It was computed, but the feed has gone quiet or away since. */
  STALE,
  /** There is nothing to compute it from. */
  NO_DATA,
  /** Nobody provides trades of this instrument. */
  UNKNOWN_INSTRUMENT
}
