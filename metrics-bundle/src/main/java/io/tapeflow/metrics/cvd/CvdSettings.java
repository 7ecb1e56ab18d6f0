package io.tapeflow.metrics.cvd;

import io.tapeflow.metrics.bar.BarSpec;
import io.tapeflow.metrics.family.FamilySettings;
import io.tapeflow.metrics.large.TierSettings;
import io.tapeflow.metrics.window.SessionDay;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the family is computed with.
 *
 * @param day when sessions begin
 * @param windows lengths in seconds, ascending
 * @param anchors fixed moments, ascending
 * @param bars kinds of bars
 * @param barAnchor where the CVD of bars begins with 0
 * @param slopeBars number of closed bars of a slope
 * @param slopeSeconds lengths in seconds of slopes over points of every second, ascending
 * @param leastR2 what a line must explain to be UP or DOWN
 * @param tiers by the value of orders
 */
record CvdSettings(
    SessionDay day,
    List<Integer> windows,
    List<Instant> anchors,
    List<BarSpec> bars,
    BarAnchor barAnchor,
    int slopeBars,
    List<Integer> slopeSeconds,
    double leastR2,
    TierSettings tiers) {

  /** Where the CVD of bars begins with 0. */
  enum BarAnchor {
    SESSION,
    NONE
  }

  static CvdSettings of(String pid, Map<String, ?> properties) {
    FamilySettings settings = new FamilySettings(pid, properties);
    return new CvdSettings(
        SessionDay.of(settings),
        settings.wholes("windows.seconds", 1, 3600, 8, List.of(300, 900)),
        settings.instants("anchors", 8),
        BarSpec.list(settings),
        settings.word("bars.anchor", BarAnchor.class, BarAnchor.SESSION),
        settings.whole("slope.bars", 3, 500, 20),
        settings.wholes("slope.seconds", 3, 3600, 4, List.of(60, 300)),
        settings.number("slope.least.r2", 0, 1, 0.3),
        TierSettings.of(settings));
  }

  /** How far back any of the metrics looks, in microseconds; the points are of whole seconds. */
  long longestMicros() {
    int longest = Math.max(Collections.max(windows), Collections.max(slopeSeconds) + 1);
    return TimeUnit.SECONDS.toMicros(longest);
  }
}
