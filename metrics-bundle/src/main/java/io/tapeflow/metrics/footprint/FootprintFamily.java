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

/** The family {@code footprint}: volume by price within bars. */
@Component(
    service = MetricFactory.class,
    configurationPid = FootprintFamily.PID,
    property = MetricFactory.FAMILY + "=footprint")
@Designate(ocd = FootprintConfiguration.class)
public final class FootprintFamily implements MetricFactory {
  static final String PID = "io.tapeflow.metrics.footprint";

  private final List<BarSpec> specs;
  private final RowRule rule;
  private final int nakedBars;

  /** Takes a configuration; a wrong value is named in the log and its default used. */
  @Activate
  public FootprintFamily(Map<String, Object> properties) {
    FamilySettings settings = new FamilySettings(PID, properties);
    specs = BarSpec.list(settings);
    rule = RowRule.of(settings, "row.ticks", RowRule.AUTO);
    nakedBars = settings.whole("naked.bars", 1, 1_000, 80);
  }

  @Override
  public MetricCalculator create(Instrument instrument) {
    return new Combined(
        specs.stream()
            .map(spec -> new FootprintCalculator(spec, instrument, rule, nakedBars))
            .toList());
  }
}
