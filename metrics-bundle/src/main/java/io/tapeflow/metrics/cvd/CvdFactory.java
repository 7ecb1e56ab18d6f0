package io.tapeflow.metrics.cvd;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.bar.BarSpec;
import io.tapeflow.metrics.family.Combined;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The family {@code cvd}. */
@Component(
    service = MetricFactory.class,
    configurationPid = CvdFactory.PID,
    property = MetricFactory.FAMILY + "=cvd")
@Designate(ocd = CvdConfiguration.class)
public final class CvdFactory implements MetricFactory {
  static final String PID = "io.tapeflow.metrics.cvd";

  private final CvdSettings settings;

  /** Starts with a configuration; a wrong value is told and its default used. */
  @Activate
  public CvdFactory(Map<String, Object> properties) {
    settings = CvdSettings.of(PID, properties);
  }

  @Override
  public MetricCalculator create(Instrument instrument) {
    List<MetricCalculator> parts = new ArrayList<>();
    parts.add(new CvdCalculator(instrument, settings));
    parts.add(new TierCalculator(instrument, settings.day(), settings.tiers()));
    for (BarSpec spec : settings.bars()) {
      parts.add(new CvdBarsCalculator(spec, instrument, settings));
    }
    return new Combined(parts);
  }
}
