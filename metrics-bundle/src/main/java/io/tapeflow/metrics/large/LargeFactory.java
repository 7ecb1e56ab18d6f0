package io.tapeflow.metrics.large;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.trade.Instrument;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The family {@code large}. */
@Component(
    service = MetricFactory.class,
    configurationPid = LargeFactory.PID,
    property = MetricFactory.FAMILY + "=large")
@Designate(ocd = LargeConfiguration.class)
public final class LargeFactory implements MetricFactory {
  static final String PID = "io.tapeflow.metrics.large";

  private final LargeSettings settings;

  /** Starts with a configuration; a wrong value is told and its default used. */
  @Activate
  public LargeFactory(Map<String, Object> properties) {
    settings = LargeSettings.of(PID, properties);
  }

  @Override
  public MetricCalculator create(Instrument instrument) {
    return new LargeCalculator(instrument, settings);
  }
}
