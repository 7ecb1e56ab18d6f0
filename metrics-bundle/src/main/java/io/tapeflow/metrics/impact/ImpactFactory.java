package io.tapeflow.metrics.impact;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.bar.BarSpec;
import io.tapeflow.metrics.family.FamilySettings;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The family {@code impact}. */
@Component(
    service = MetricFactory.class,
    configurationPid = ImpactFactory.PID,
    property = MetricFactory.FAMILY + "=impact")
@Designate(ocd = ImpactConfiguration.class)
public final class ImpactFactory implements MetricFactory {
  static final String PID = "io.tapeflow.metrics.impact";

  private final BarSpec bar;
  private final int bars;

  /** Starts with a configuration; wherever it is wrong, on the default. */
  @Activate
  public ImpactFactory(Map<String, Object> properties) {
    FamilySettings settings = new FamilySettings(PID, properties);
    bar = settings.bar("bar", BarSpec.parse("1s"));
    bars = settings.whole("bars", 3, 10_000, 100);
  }

  @Override
  public MetricCalculator create(Instrument instrument) {
    return new ImpactCalculator(instrument, bar, bars);
  }
}
