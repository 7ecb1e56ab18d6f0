package io.tapeflow.metrics.speed;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.trade.Instrument;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The family {@code speed}. */
@Component(
    service = MetricFactory.class,
    configurationPid = SpeedFactory.PID,
    property = MetricFactory.FAMILY + "=speed")
@Designate(ocd = SpeedConfiguration.class)
public final class SpeedFactory implements MetricFactory {
  static final String PID = "io.tapeflow.metrics.speed";

  private final SpeedSettings settings;

  /** Starts with a configuration; a wrong value is told and its default used. */
  @Activate
  public SpeedFactory(Map<String, Object> properties) {
    settings = SpeedSettings.of(PID, properties);
  }

  @Override
  public MetricCalculator create(Instrument instrument) {
    return new SpeedCalculator(instrument, settings);
  }
}
