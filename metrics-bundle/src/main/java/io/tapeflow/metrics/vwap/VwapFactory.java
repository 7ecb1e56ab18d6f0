package io.tapeflow.metrics.vwap;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.trade.Instrument;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The family {@code vwap}. */
@Component(
    service = MetricFactory.class,
    configurationPid = VwapFactory.PID,
    property = MetricFactory.FAMILY + "=vwap")
@Designate(ocd = VwapConfiguration.class)
public final class VwapFactory implements MetricFactory {
  static final String PID = "io.tapeflow.metrics.vwap";

  private final VwapSettings settings;

  /** Starts with a configuration; a wrong value is told and its default used. */
  @Activate
  public VwapFactory(Map<String, Object> properties) {
    settings = VwapSettings.of(PID, properties);
  }

  @Override
  public MetricCalculator create(Instrument instrument) {
    return new VwapCalculator(instrument, settings);
  }
}
