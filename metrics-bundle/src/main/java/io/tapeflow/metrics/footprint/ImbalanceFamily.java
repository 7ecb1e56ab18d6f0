package io.tapeflow.metrics.footprint;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.bar.BarSpec;
import io.tapeflow.metrics.family.Combined;
import io.tapeflow.metrics.family.FamilySettings;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The family {@code imbalance}: diagonal imbalances and zones of stacked ones. */
@Component(
    service = MetricFactory.class,
    configurationPid = ImbalanceFamily.PID,
    property = MetricFactory.FAMILY + "=imbalance")
@Designate(ocd = ImbalanceConfiguration.class)
public final class ImbalanceFamily implements MetricFactory {
  static final String PID = "io.tapeflow.metrics.imbalance";

  private final List<BarSpec> specs;
  private final ImbalanceSettings settings;

  /** Takes a configuration; a wrong value is named in the log and its default used. */
  @Activate
  public ImbalanceFamily(Map<String, Object> properties) {
    FamilySettings given = new FamilySettings(PID, properties);
    specs = BarSpec.list(given);
    settings = ImbalanceSettings.of(given);
  }

  @Override
  public MetricCalculator create(Instrument instrument) {
    return new Combined(
        specs.stream().map(spec -> new ImbalanceCalculator(spec, instrument, settings)).toList());
  }
}
