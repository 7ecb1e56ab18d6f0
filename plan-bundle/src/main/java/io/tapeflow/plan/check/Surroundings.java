package io.tapeflow.plan.check;

import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.plan.ConditionFactory;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a plan is judged by: what is known of instruments, metrics and conditions. */
public interface Surroundings {
  /** The conditions that plans may name, each once. */
  Collection<ConditionFactory> conditions();

  /**
   * Why an instrument cannot be used, such as that it is not known; empty if it can, and also if
   * that cannot be known here, such as before any stream has come or without a platform.
   */
  String instrumentFault(String instrument);

  /** The instruments that plans may be for, as {@code venue:symbol}; empty if not known here. */
  default List<String> instruments() {
    return List.of();
  }

  /**
   * The metrics of an instrument.
   *
   * @return empty if they are not known here; a metric is then not judged by its name
   */
  List<MetricInfo> metrics(String instrument);

  /** A metric of an instrument; empty if there is none, or if they are not known here. */
  default Optional<MetricInfo> metric(String instrument, String name) {
    return metrics(instrument).stream().filter(it -> it.name().equals(name)).findFirst();
  }
}
