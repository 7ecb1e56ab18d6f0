package io.tapeflow.metrics.hawkes;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.family.FamilySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The family {@code hawkes}. */
@Component(
    service = MetricFactory.class,
    configurationPid = HawkesFactory.PID,
    property = MetricFactory.FAMILY + "=hawkes")
@Designate(ocd = HawkesConfiguration.class)
public final class HawkesFactory implements MetricFactory {
  static final String PID = "io.tapeflow.metrics.hawkes";

  private static final int MOST = 4;

  private final HawkesSettings settings;
  private final List<Decay> decays = new ArrayList<>();

  /** Starts with a configuration; wherever it is wrong, on the default. */
  @Activate
  public HawkesFactory(Map<String, Object> properties) {
    FamilySettings given = new FamilySettings(PID, properties);
    settings =
        new HawkesSettings(
            given.wholes("half.lives.ms", 1, 600_000, MOST, List.of(100, 1_000, 10_000)),
            given.number("branching.ratio", 0, 0.99, 0.8),
            given.whole("base.half.life.seconds", 10, 86_400, 300));
    for (int i = 0; i <= settings.halfLives().size(); i++) {
      decays.add(new Decay(settings.beta(i)));
    }
  }

  @Override
  public MetricCalculator create(Instrument instrument) {
    return new HawkesCalculator(settings, decays);
  }
}
