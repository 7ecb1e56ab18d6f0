package io.tapeflow.api.trade;

import java.util.Objects;

/**
 * Ids that a listener did not get, told to it in line: after the trade before and ahead of the
 * trade behind the gap.
 *
 * @param instrument whose ids are missing
 * @param firstId the first missing id
 * @param lastId the last missing id; not less than {@code firstId}
 * @param cause why they are missing
 */
public record TradeGap(Instrument instrument, long firstId, long lastId, Cause cause) {
  /** Why ids are missing. */
  public enum Cause {
    /**
     * The venue's stream skipped them and they could not be fetched within the bounds of the hold;
     * history does not hold them either. They are still being asked for.
     */
    MISSING,
    /**
     * This listener fell so far behind that history had dropped them before it came to them. Others
     * have had them.
     */
    LISTENER_TOO_SLOW,
    /**
     * The listener threw while it handled them. It may have seen any number of them, from none to
     * all.
     */
    LISTENER_FAILED
  }

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public TradeGap {
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(cause, "cause");
    if (lastId < firstId) {
      throw new IllegalArgumentException("Gap ends at " + lastId + " before " + firstId);
    }
  }

  /**
   * Number of missing ids.
   *
   * @return 1 or more
   */
  public long count() {
    return lastId - firstId + 1;
  }
}
