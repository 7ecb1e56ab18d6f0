package io.tapeflow.plan.check;

import io.tapeflow.api.plan.PlanCondition.Relation;
import java.math.BigDecimal;

/**
 * Some numbers without a hole between them.
 *
 * @param low null if there is no bound
 * @param withLow whether the bound belongs to them
 * @param high null if there is no bound
 * @param withHigh whether the bound belongs to them
 */
record Interval(BigDecimal low, boolean withLow, BigDecimal high, boolean withHigh) {
  static final Interval ALL = new Interval(null, false, null, false);

  /** The numbers that have a relation to a number; all if they are no interval. */
  static Interval of(Relation relation, BigDecimal to) {
    return switch (relation) {
      case LESS, CROSSES_BELOW -> new Interval(null, false, to, false);
      case AT_MOST -> new Interval(null, false, to, true);
      case MORE, CROSSES_ABOVE -> new Interval(to, false, null, false);
      case AT_LEAST -> new Interval(to, true, null, false);
      case EQUAL -> new Interval(to, true, to, true);
      case NOT_EQUAL -> ALL;
    };
  }

  /** The numbers that do not have the relation; all if they are no interval. */
  static Interval not(Relation relation, BigDecimal to) {
    return switch (relation) {
      case LESS -> of(Relation.AT_LEAST, to);
      case AT_MOST -> of(Relation.MORE, to);
      case MORE -> of(Relation.AT_MOST, to);
      case AT_LEAST -> of(Relation.LESS, to);
      case NOT_EQUAL -> of(Relation.EQUAL, to);
      case EQUAL, CROSSES_ABOVE, CROSSES_BELOW -> ALL;
    };
  }

  /** The numbers that are in both. */
  Interval and(Interval other) {
    boolean lowHere = other.low == null || (low != null && moreLow(other));
    boolean highHere = other.high == null || (high != null && lessHigh(other));
    return new Interval(
        lowHere ? low : other.low,
        lowHere ? withLow : other.withLow,
        highHere ? high : other.high,
        highHere ? withHigh : other.withHigh);
  }

  boolean isEmpty() {
    if (low == null || high == null) {
      return false;
    }
    int order = low.compareTo(high);
    return order > 0 || (order == 0 && !(withLow && withHigh));
  }

  /** Whether all numbers of another are in this one. */
  boolean covers(Interval other) {
    Interval both = and(other);
    return same(both.low, other.low)
        && same(both.high, other.high)
        && (other.low == null || both.withLow == other.withLow)
        && (other.high == null || both.withHigh == other.withHigh);
  }

  @Override
  public String toString() {
    if (low != null && high != null) {
      return low.toPlainString() + " to " + high.toPlainString();
    } else if (low != null) {
      return "at least " + low.toPlainString();
    }
    return high == null ? "any number" : "at most " + high.toPlainString();
  }

  private boolean moreLow(Interval other) {
    int order = low.compareTo(other.low);
    return order > 0 || (order == 0 && !withLow);
  }

  private boolean lessHigh(Interval other) {
    int order = high.compareTo(other.high);
    return order < 0 || (order == 0 && !withHigh);
  }

  private static boolean same(BigDecimal one, BigDecimal other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.compareTo(other) == 0;
  }
}
