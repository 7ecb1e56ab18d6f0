package io.tapeflow.metrics.divergence;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.family.Combined;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The family {@code divergence}. */
@Component(
    service = MetricFactory.class,
    configurationPid = DivergenceFactory.PID,
    property = MetricFactory.FAMILY + "=divergence")
@Designate(ocd = DivergenceConfiguration.class)
public final class DivergenceFactory implements MetricFactory {
  static final String PID = "io.tapeflow.metrics.divergence";

  private final DivergenceSettings settings;

  /** Starts with a configuration; a wrong value is told and its default used. */
  @Activate
  public DivergenceFactory(Map<String, Object> properties) {
    settings = DivergenceSettings.of(PID, properties);
  }

  @Override
  public MetricCalculator create(Instrument instrument) {
    return new Combined(
        settings.bars().stream()
            .map(spec -> new DivergenceCalculator(spec, instrument, settings))
            .toList());
  }
}
