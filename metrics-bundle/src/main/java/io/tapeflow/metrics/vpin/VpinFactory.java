package io.tapeflow.metrics.vpin;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.trade.Instrument;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The family {@code vpin}. */
@Component(
    service = MetricFactory.class,
    configurationPid = VpinFactory.PID,
    property = MetricFactory.FAMILY + "=vpin")
@Designate(ocd = VpinConfiguration.class)
public final class VpinFactory implements MetricFactory {
  static final String PID = "io.tapeflow.metrics.vpin";

  private final VpinSettings settings;

  /** Starts with a configuration; wherever it is wrong, on the default. */
  @Activate
  public VpinFactory(Map<String, Object> properties) {
    settings = VpinSettings.of(PID, properties);
  }

  @Override
  public MetricCalculator create(Instrument instrument) {
    return new VpinCalculator(instrument, settings);
  }
}
