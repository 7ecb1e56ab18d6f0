package io.tapeflow.plan.check;

import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.plan.ConditionFactory;
import io.tapeflow.plan.condition.StandardConditions;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What Tapeflow itself has, for judging plans where no platform runs. It knows of no instruments,
 * and neither conditions nor metrics that other bundles bring.
 */
final class Offline implements Surroundings {
  @Override
  public Collection<ConditionFactory> conditions() {
    return StandardConditions.all();
  }

  @Override
  public String instrumentFault(String instrument) {
    return "";
  }

  @Override
  public List<MetricInfo> metrics(String instrument) {
    return Catalogue.metrics();
  }

  @Override
  public Optional<MetricInfo> metric(String instrument, String name) {
    return Catalogue.find(name);
  }
}
