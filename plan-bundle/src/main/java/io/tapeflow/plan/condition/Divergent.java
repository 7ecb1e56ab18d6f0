package io.tapeflow.plan.condition;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionMoment;
import io.tapeflow.api.plan.Distance;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Holds while a form of divergence says a side. Where a strength is asked for it is that of the
 * newest such row of the table, because the metric of the strength has no value without a
 * divergence, and that is an answer, not a lack of one.
 */
final class Divergent implements Condition {
  private final List<String> metrics;
  private final String form;
  private final String side;
  private final BigDecimal strength;

  Divergent(String form, String bar, String side, BigDecimal strength) {
    this.form = form;
    this.side = side;
    this.strength = strength;
    String word = "divergence." + form + "." + bar;
    metrics = strength.signum() == 0 ? List.of(word) : List.of(word, "divergence.recent." + bar);
  }

  @Override
  public List<String> metrics() {
    return metrics;
  }

  @Override
  public boolean holds(ConditionMoment moment) {
    return side.equals(moment.word(0))
        && (strength.signum() == 0
            || newest(moment).filter(it -> it.compareTo(strength) >= 0).isPresent());
  }

  @Override
  public List<Distance> distances(ConditionMoment moment) {
    if (strength.signum() == 0 || !side.equals(moment.word(0))) {
      return List.of();
    }
    return newest(moment)
        .map(it -> List.of(new Distance("strength of " + metrics.get(0), it, strength, "ratio")))
        .orElse(List.of());
  }

  private Optional<BigDecimal> newest(ConditionMoment moment) {
    for (MetricRow row : moment.rows(1)) {
      if (form.equalsIgnoreCase((String) row.fields().get("form"))
          && side.equals(row.fields().get("side"))) {
        return Optional.ofNullable((BigDecimal) row.fields().get("strength"));
      }
    }
    return Optional.empty();
  }
}
