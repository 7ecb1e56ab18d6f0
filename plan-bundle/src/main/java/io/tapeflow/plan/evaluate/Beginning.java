package io.tapeflow.plan.evaluate;

/**
 * The trades from which on a plan may trigger.
 *
 * @param afterId trades up to this id have been looked at; -1 if that is not what decides
 * @param createdMicros when the plan was made, by this machine's clock. A trade counts if it was
 *     made later, or was received live later, whatever the venue's clock says
 */
public record Beginning(long afterId, long createdMicros) {
  /** From the first trade on. */
  public static final Beginning AT_ONCE = new Beginning(-1, Long.MIN_VALUE);

  boolean isBefore(long id, long timeMicros, long receivedMicros, boolean repaired) {
    if (afterId >= 0) {
      return id > afterId;
    }
    return timeMicros >= createdMicros || (!repaired && receivedMicros >= createdMicros);
  }
}
