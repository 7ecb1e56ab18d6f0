package io.tapeflow.plan.condition;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionMoment;
import io.tapeflow.api.plan.Distance;
import java.math.BigDecimal;
import java.util.List;

/** Whether the price is near a zone of absorption that is strong and big enough. */
final class NearZone implements Condition {
  private static final String ZONES = "absorption.trade.zones";
  private static final String ANY = "ANY";

  private final Zones zones;
  private final boolean wanted;

  /**
   * A condition.
   *
   * @param wanted true if it holds near a zone, false if it holds away from all of them
   */
  NearZone(Zones zones, boolean wanted) {
    this.zones = zones;
    this.wanted = wanted;
  }

  @Override
  public List<String> metrics() {
    return List.of(ZONES);
  }

  @Override
  public boolean onlyOnChange() {
    return false;
  }

  @Override
  public boolean holds(ConditionMoment moment) {
    BigDecimal reach = zones.reach(moment.price());
    BigDecimal from = moment.price().subtract(reach);
    BigDecimal to = moment.price().add(reach);
    for (MetricRow zone : moment.rows(0)) {
      if (zones.counts(zone)
          && number(zone, "low").compareTo(to) <= 0
          && number(zone, "high").compareTo(from) >= 0) {
        return wanted;
      }
    }
    return !wanted;
  }

  @Override
  public List<Distance> distances(ConditionMoment moment) {
    BigDecimal nearest = nearest(moment);
    return nearest == null
        ? List.of()
        : List.of(
            new Distance("distance from the zone", nearest, zones.reach(moment.price()), "price"));
  }

  private BigDecimal nearest(ConditionMoment moment) {
    BigDecimal nearest = null;
    for (MetricRow zone : moment.rows(0)) {
      if (zones.counts(zone)) {
        BigDecimal price = moment.price();
        BigDecimal distance =
            number(zone, "low").subtract(price).max(price.subtract(number(zone, "high")));
        distance = distance.max(BigDecimal.ZERO);
        nearest = nearest == null ? distance : nearest.min(distance);
      }
    }
    return nearest;
  }

  private static BigDecimal number(MetricRow row, String field) {
    return (BigDecimal) row.fields().get(field);
  }

  /**
   * Which zones count, and from how far.
   *
   * @param absorbed BUY, SELL or ANY: the aggressor whose effort was absorbed
   * @param percent how far from the zone is near, in percent of the price
   * @param value the least value absorbed, in quote units
   * @param strength the least strength
   */
  record Zones(String absorbed, BigDecimal percent, BigDecimal value, BigDecimal strength) {
    boolean counts(MetricRow zone) {
      return (ANY.equals(absorbed) || absorbed.equals(zone.fields().get("absorbed")))
          && number(zone, "value").compareTo(value) >= 0
          && number(zone, "strength").compareTo(strength) >= 0;
    }

    BigDecimal reach(BigDecimal price) {
      return price.multiply(percent).movePointLeft(2);
    }
  }
}
