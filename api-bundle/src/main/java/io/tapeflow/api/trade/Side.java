package io.tapeflow.api.trade;

/** The side of the aggressor: the party whose order took liquidity and so caused the trade. */
public enum Side {
  /** A taker bought from the ask; adds to delta. */
  BUY,
  /** A taker sold into the bid; takes from delta. */
  SELL;

  /**
   * The sign of this side in signed sums such as delta.
   *
   * @return +1 for {@link #BUY}, -1 for {@link #SELL}
   */
  public int sign() {
    return this == BUY ? 1 : -1;
  }
}
