package io.tapeflow.metrics.absorption;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.family.Combined;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The family {@code absorption}. */
@Component(
    service = MetricFactory.class,
    configurationPid = AbsorptionFactory.PID,
    property = MetricFactory.FAMILY + "=absorption")
@Designate(ocd = AbsorptionConfiguration.class)
public final class AbsorptionFactory implements MetricFactory {
  static final String PID = "io.tapeflow.metrics.absorption";

  private final AbsorptionSettings settings;

  /** Starts with a configuration; wherever it is wrong, on the default. */
  @Activate
  public AbsorptionFactory(Map<String, Object> properties) {
    settings = AbsorptionSettings.of(PID, properties);
  }

  @Override
  public MetricCalculator create(Instrument instrument) {
    return new Combined(
        List.of(
            new EffortCalculator(instrument, settings),
            new BarAbsorptionCalculator(instrument, settings)));
  }
}
