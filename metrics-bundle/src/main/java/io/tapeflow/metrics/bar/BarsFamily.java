package io.tapeflow.metrics.bar;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.family.Combined;
import io.tapeflow.metrics.family.FamilySettings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The family {@code bars}: prices, volumes, delta and counts per bar. */
@Component(
    service = MetricFactory.class,
    configurationPid = BarsFamily.PID,
    property = MetricFactory.FAMILY + "=bars")
@Designate(ocd = BarsConfiguration.class)
public final class BarsFamily implements MetricFactory {
  static final String PID = "io.tapeflow.metrics.bars";

  private final List<BarSpec> specs;
  private final int rows;
  private final DeltaStrength strength;

  /** Takes a configuration; a wrong value is named in the log and its default used. */
  @Activate
  public BarsFamily(Map<String, Object> properties) {
    FamilySettings settings = new FamilySettings(PID, properties);
    specs = BarSpec.list(settings);
    rows = settings.whole("rows", 1, 1_000, 20);
    BigDecimal least = settings.decimal("strength.min.percent", "0", "100", 90);
    BigDecimal most = settings.decimal("strength.max.percent", "0", "100", 98);
    strength = new DeltaStrength(least, most);
  }

  @Override
  public MetricCalculator create(Instrument instrument) {
    return new Combined(
        specs.stream().map(spec -> new BarsCalculator(spec, instrument, rows, strength)).toList());
  }
}
