package io.tapeflow.api.trade;

import java.util.Objects;

/**
 * Ids of an earlier {@link TradeGap} that have been fetched after all, behind the trades that had
 * been released without waiting for them any longer. {@link TradeHistory} holds the late trades at
 * their place before a listener is told, so a listener that cannot insert them can read again from
 * {@link #firstId()} on.
 *
 * @param instrument whose ids they are
 * @param firstId the first id that is now accounted for
 * @param lastId the last id that is now accounted for; not less than {@code firstId}
 * @param trades the trades among them, oldest first, all {@linkplain TradeBatch#repaired repaired};
 *     an id that is not among them was never given to a trade. Empty if none was
 */
public record TradeAmendment(Instrument instrument, long firstId, long lastId, TradeBatch trades) {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public TradeAmendment {
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(trades, "trades");
    if (lastId < firstId) {
      throw new IllegalArgumentException("Amendment ends at " + lastId + " before " + firstId);
    }
  }
}
