package io.tapeflow.plan.condition;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionMoment;
import io.tapeflow.api.plan.Distance;
import java.math.BigDecimal;
import java.util.List;

/**
 * Holds once the delta of a window has turned from one side to the other, and got at least so far
 * there as a share of the farthest that it had been on the first; until it is back at 0.
 */
final class FlowFlip implements Condition {
  private final String metric;
  private final boolean upwards;
  private final BigDecimal ratio;
  private final BigDecimal least;

  /** The farthest it has been against the direction since it last flipped; 0 if not there. */
  private BigDecimal against = BigDecimal.ZERO;

  private boolean flipped;

  /**
   * A condition.
   *
   * @param metric a delta
   * @param upwards whether it has to turn from selling to buying
   * @param ratio share of what it was, 1 for as much
   * @param least how far it must have been on the first side, in base units
   */
  FlowFlip(String metric, boolean upwards, BigDecimal ratio, BigDecimal least) {
    this.metric = metric;
    this.upwards = upwards;
    this.ratio = ratio;
    this.least = least;
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
    if (along.signum() <= 0) {
      BigDecimal far = along.negate();
      against = flipped ? far : against.max(far);
      flipped = false;
    } else if (!flipped && wasThere()) {
      flipped = along.compareTo(against.multiply(ratio)) >= 0;
    }
    return flipped;
  }

  @Override
  public void interrupted() {
    against = BigDecimal.ZERO;
    flipped = false;
  }

  @Override
  public List<Distance> distances(ConditionMoment moment) {
    if (!wasThere()) {
      BigDecimal first = upwards ? least.negate() : least;
      return List.of(new Distance(metric, moment.number(0), first, "base"));
    }
    BigDecimal wanted = against.multiply(ratio);
    return List.of(
        new Distance(metric, moment.number(0), upwards ? wanted : wanted.negate(), "base"));
  }

  private boolean wasThere() {
    return against.signum() > 0 && against.compareTo(least) >= 0;
  }

  private BigDecimal along(ConditionMoment moment) {
    return upwards ? moment.number(0) : moment.number(0).negate();
  }
}
