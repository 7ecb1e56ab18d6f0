package io.tapeflow.api.plan;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A condition on one instrument. It is called by one thread at a time, at trades in the order of
 * their ids; it must not block.
 *
 * <p>It is asked only at trades at which all its metrics are OK and complete: it need not look at
 * their status, and cannot.
 */
@ConsumerType
public interface Condition {
  /**
   * The metrics it looks at.
   *
   * @return names, such as {@code delta.60s}; the same list each time
   */
  List<String> metrics();

  /**
   * Whether it holds at a trade. What it says may depend on nothing but the trades and metrics it
   * was given.
   *
   * @param moment the trade and the values of its metrics
   * @return true if it holds
   */
  boolean holds(ConditionMoment moment);

  /**
   * Whether it need be asked only when one of its metrics has another value or can be told again.
   * It is asked at every trade if not, such as if it looks at the price or the time or what was
   * before.
   *
   * @return true if it depends on the present values of its metrics alone
   */
  default boolean onlyOnChange() {
    return true;
  }

  /**
   * A trade came at which one of its metrics was not OK or not complete, or trades are missing.
   * What it keeps of earlier trades does not adjoin the next one.
   */
  default void interrupted() {}

  /**
   * How far its numbers are from their thresholds.
   *
   * @param moment the trade at which {@link #holds} was asked last, or a later one
   * @return one for each threshold that is a number
   */
  default List<Distance> distances(ConditionMoment moment) {
    return List.of();
  }
}
