package io.tapeflow.plan.check;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which conditions of the registry cannot hold at the same trade; but for those that are
 * comparisons, which are judged as such.
 */
final class Opposites {
  private static final List<Set<String>> PAIRS =
      List.of(
          Set.of("cvd_div_bull", "cvd_div_bear"),
          Set.of("delta_divergence_bull", "delta_divergence_bear"));

  private static final Set<String> DIRECTED =
      Set.of("cvd_flip_confirmed", "momentum_flip_confirmed");

  private static final String DIRECTION = "direction";
  private static final String ABSORBED = "absorbed";
  private static final String AT_ZONE = "absorption_zone_detected";
  private static final String AWAY = "avoid_absorption_zones";

  /** What the two of a pair have to have in common to be opposites. */
  private static final List<String> SCOPE = List.of("window", "bar", "form");

  private Opposites() {}

  static boolean are(Resolved one, Resolved other) {
    if (one.name.equals(other.name)) {
      return DIRECTED.contains(one.name) && sameScope(one, other) && otherWay(one, other);
    } else if (one.name.equals(AT_ZONE) && other.name.equals(AWAY)) {
      return excludes(other, one);
    } else if (one.name.equals(AWAY) && other.name.equals(AT_ZONE)) {
      return excludes(one, other);
    }
    return PAIRS.contains(Set.of(one.name, other.name)) && sameScope(one, other);
  }

  private static boolean sameScope(Resolved one, Resolved other) {
    return SCOPE.stream().allMatch(it -> Objects.equals(one.values.get(it), other.values.get(it)));
  }

  private static boolean otherWay(Resolved one, Resolved other) {
    Object way = one.values.get(DIRECTION);
    Object back = other.values.get(DIRECTION);
    return !Objects.equals(way, back);
  }

  /** Whether each zone that the one wants is one that the other avoids. */
  private static boolean excludes(Resolved away, Resolved at) {
    boolean side =
        "ANY".equals(away.values.get(ABSORBED))
            || Objects.equals(away.values.get(ABSORBED), at.values.get(ABSORBED));
    return side
        && away.number("distance").compareTo(at.number("distance")) >= 0
        && away.number("value").compareTo(at.number("value")) <= 0
        && away.number("strength").compareTo(at.number("strength")) <= 0;
  }

  /** A condition with all its arguments. */
  record Resolved(String name, Map<String, Object> values) {
    BigDecimal number(String parameter) {
      return (BigDecimal) values.get(parameter);
    }
  }
}
