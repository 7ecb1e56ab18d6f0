package io.tapeflow.metrics.ratio;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.family.FamilySettings;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The family {@code ratio}. */
@Component(
    service = MetricFactory.class,
    configurationPid = RatioFactory.PID,
    property = MetricFactory.FAMILY + "=ratio")
@Designate(ocd = RatioConfiguration.class)
public final class RatioFactory implements MetricFactory {
  static final String PID = "io.tapeflow.metrics.ratio";

  private final RatioSettings settings;

  /** Starts with a configuration; wherever it is wrong, on the default. */
  @Activate
  public RatioFactory(Map<String, Object> properties) {
    FamilySettings given = new FamilySettings(PID, properties);
    settings = new RatioSettings(given.wholes("windows.seconds", 1, 3_600, 8, List.of(10, 60)));
  }

  @Override
  public MetricCalculator create(Instrument instrument) {
    return new RatioCalculator(settings);
  }
}
