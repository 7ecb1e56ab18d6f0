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

/** The family {@code auction}: unfinished auctions and ratios at the extremes of bars. */
@Component(
    service = MetricFactory.class,
    configurationPid = AuctionFamily.PID,
    property = MetricFactory.FAMILY + "=auction")
@Designate(ocd = AuctionConfiguration.class)
public final class AuctionFamily implements MetricFactory {
  static final String PID = "io.tapeflow.metrics.auction";

  private final List<BarSpec> specs;
  private final AuctionSettings settings;

  /** Takes a configuration; a wrong value is named in the log and its default used. */
  @Activate
  public AuctionFamily(Map<String, Object> properties) {
    FamilySettings given = new FamilySettings(PID, properties);
    specs = BarSpec.list(given);
    settings = AuctionSettings.of(given);
  }

  @Override
  public MetricCalculator create(Instrument instrument) {
    return new Combined(
        specs.stream().map(spec -> new AuctionCalculator(spec, instrument, settings)).toList());
  }
}
