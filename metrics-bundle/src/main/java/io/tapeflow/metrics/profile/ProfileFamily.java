package io.tapeflow.metrics.profile;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.family.FamilySettings;
import io.tapeflow.metrics.footprint.RowRule;
import io.tapeflow.metrics.window.SessionDay;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The family {@code profile}: volume by price, with value area and nodes. */
@Component(
    service = MetricFactory.class,
    configurationPid = ProfileFamily.PID,
    property = MetricFactory.FAMILY + "=profile")
@Designate(ocd = ProfileConfiguration.class)
public final class ProfileFamily implements MetricFactory {
  static final String PID = "io.tapeflow.metrics.profile";

  private final RowRule rule;
  private final SessionDay day;
  private final List<Integer> rolling;
  private final Optional<Instant> anchor;
  private final ValueArea area;
  private final int bandwidth;
  private final int nakedDays;

  /** Takes a configuration; a wrong value is named in the log and its default used. */
  @Activate
  public ProfileFamily(Map<String, Object> properties) {
    FamilySettings settings = new FamilySettings(PID, properties);
    rule = RowRule.of(settings, "row.ticks", RowRule.AUTO);
    day = SessionDay.of(settings);
    rolling = settings.wholes("rolling.seconds", 60, 86_400, 4, List.of(3_600));
    anchor =
        settings
            .parsed(
                "anchor",
                ProfileFamily::instant,
                "an instant such as 2026-01-31T13:30:00Z, or nothing",
                1,
                List.of(Optional.<Instant>empty()))
            .get(0);
    area =
        new ValueArea(
            settings.decimal("area.percent", "1", "100", 70),
            settings.word("area.rule", ValueArea.Rule.class, ValueArea.Rule.PAIR),
            settings.word("area.tie", ValueArea.Tie.class, ValueArea.Tie.BELOW),
            settings.word(
                "area.adjacency", ValueArea.Adjacency.class, ValueArea.Adjacency.CONTIGUOUS));
    bandwidth = settings.whole("kernel.rows", 1, 50, 3);
    nakedDays = settings.whole("naked.sessions", 1, 400, 20);
  }

  @Override
  public MetricCalculator create(Instrument instrument) {
    Session session = new Session(instrument, rule, day, nakedDays);
    List<ProfileScope> scopes = new ArrayList<>();
    scopes.add(session);
    rolling.forEach(seconds -> scopes.add(new Rolling(instrument, rule, seconds)));
    anchor.ifPresent(instant -> scopes.add(new Anchored(instrument, rule, instant)));
    List<ProfileView> views =
        scopes.stream()
            .map(scope -> new ProfileView(instrument, scope, rule, area, bandwidth))
            .toList();
    return new ProfileCalculator(instrument, session, nakedDays, views);
  }

  private static Optional<Instant> instant(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
