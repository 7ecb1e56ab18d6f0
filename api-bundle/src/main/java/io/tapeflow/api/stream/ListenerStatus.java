package io.tapeflow.api.stream;

import java.time.Duration;
import java.util.Objects;

/**
 * How one {@link io.tapeflow.api.trade.TradeListener} keeps up.
 *
 * @param name its name
 * @param delivered trades handed to it
 * @param lag trades released but not yet handed to it
 * @param lost trades that it did not get because it was too slow, or that it threw back
 * @param failures calls that ended in an exception
 * @param lastFailure the last exception, in words; null if there was none
 * @param inCallFor how long the present call has lasted; zero if none is under way
 * @param waits how long trades waited from their receipt to the call that told them: the oldest
 *     trade of each call, but for those received before the listener came
 */
public record ListenerStatus(
    String name,
    long delivered,
    long lag,
    long lost,
    long failures,
    String lastFailure,
    Duration inCallFor,
    DelayCounts waits) {

  /** Checks that only the last failure may be null. */
  public ListenerStatus {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(inCallFor, "inCallFor");
    Objects.requireNonNull(waits, "waits");
  }
}
