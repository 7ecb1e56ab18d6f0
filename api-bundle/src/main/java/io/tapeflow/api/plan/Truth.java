package io.tapeflow.api.plan;

/** What can be said of a condition at a trade. */
public enum Truth {
  /** It holds. */
  HOLDS,
  /** It does not hold. */
  FAILS,
  /** It cannot be told: a metric that it needs is not OK or not complete. */
  BLOCKED
}
