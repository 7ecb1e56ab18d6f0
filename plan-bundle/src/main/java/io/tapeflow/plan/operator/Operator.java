package io.tapeflow.plan.operator;

import io.tapeflow.api.plan.Truth;
import java.util.List;

/**
 * Says of a group or an operator whether it holds, by what its parts say. One for each instrument,
 * shared by all plans that have it; touched by one thread at a time, at trades in their order.
 */
public interface Operator {
  /**
   * What can be said at a trade.
   *
   * @param timeMicros exchange time of the trade; not before that of the trade before
   * @param parts what can be said of each part, in the order of {@link Operators#parts}
   */
  Truth at(long timeMicros, List<Truth> parts);

  /**
   * Whether it has to be asked at the next trade too, not only when a part says something else:
   * because time goes on, or because it holds at a single trade.
   */
  default boolean isMoving() {
    return false;
  }

  /** Why it could not be told at the last trade, where that is not for a part's reason alone. */
  default String reason() {
    return "";
  }

  /** Trades are missing: what it keeps of earlier ones does not adjoin the next one. */
  default void interrupted() {}
}
