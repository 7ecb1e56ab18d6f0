package io.tapeflow.plan.condition;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionMoment;
import io.tapeflow.api.plan.Distance;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Holds once the delta of a window has turned from one side to the other, and got at least so far
 * there as a share of the farthest that it had lately been on the first; until it is back at 0.
 */
final class FlowFlip implements Condition {
  private final String metric;
  private final boolean upwards;
  private final BigDecimal ratio;
  private final BigDecimal least;
  private final long memoryMicros;

  /**
   * How far it has been against the direction since it last flipped and within the memory; of those
   * only what no later one reaches, so the first is the farthest.
   */
  private final Deque<Far> against = new ArrayDeque<>();

  private boolean flipped;

  /**
   * A condition.
   *
   * @param metric a delta
   * @param upwards whether it has to turn from selling to buying
   * @param ratio share of what it was, 1 for as much
   * @param least how far it must have been on the first side, in base units
   * @param memory for how long it counts how far it was
   */
  FlowFlip(String metric, boolean upwards, BigDecimal ratio, BigDecimal least, Duration memory) {
    this.metric = metric;
    this.upwards = upwards;
    this.ratio = ratio;
    this.least = least;
    memoryMicros = memory.toNanos() / 1_000;
  }

  @Override
  public List<String> metrics() {
    return List.of(metric);
  }

  @Override
  public boolean onlyOnChange() {
    return false;
  }

  @Override
  public boolean holds(ConditionMoment moment) {
    BigDecimal along = along(moment);
    while (!against.isEmpty() && against.getFirst().micros <= moment.timeMicros() - memoryMicros) {
      against.removeFirst();
    }
    if (along.signum() <= 0) {
      flipped = false;
      BigDecimal far = along.negate();
      while (!against.isEmpty() && against.getLast().far.compareTo(far) <= 0) {
        against.removeLast();
      }
      against.addLast(new Far(moment.timeMicros(), far));
    } else if (!flipped && wasThere() && along.compareTo(farthest().multiply(ratio)) >= 0) {
      flipped = true;
      against.clear();
    }
    return flipped;
  }

  @Override
  public void interrupted() {
    against.clear();
    flipped = false;
  }

  @Override
  public List<Distance> distances(ConditionMoment moment) {
    if (flipped || !wasThere()) {
      BigDecimal first = upwards ? least.negate() : least;
      return List.of(
          new Distance(metric, moment.number(0), flipped ? BigDecimal.ZERO : first, "base"));
    }
    BigDecimal wanted = farthest().multiply(ratio);
    return List.of(
        new Distance(metric, moment.number(0), upwards ? wanted : wanted.negate(), "base"));
  }

  private BigDecimal farthest() {
    return against.isEmpty() ? BigDecimal.ZERO : against.getFirst().far;
  }

  private boolean wasThere() {
    return farthest().signum() > 0 && farthest().compareTo(least) >= 0;
  }

  private BigDecimal along(ConditionMoment moment) {
    return upwards ? moment.number(0) : moment.number(0).negate();
  }

  /** How far it was, and when last. */
  private record Far(long micros, BigDecimal far) {}
}
