package io.tapeflow.metrics.vwap;

import io.tapeflow.metrics.family.FamilySettings;
import io.tapeflow.metrics.window.SessionDay;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the family is computed with.
 *
 * @param day when sessions begin
 * @param windows lengths in seconds, ascending
 * @param anchors fixed moments, ascending
 */
record VwapSettings(SessionDay day, List<Integer> windows, List<Instant> anchors) {
  static VwapSettings of(String pid, Map<String, ?> properties) {
    FamilySettings settings = new FamilySettings(pid, properties);
    return new VwapSettings(
        SessionDay.of(settings),
        settings.wholes("windows.seconds", 1, 3600, 8, List.of(60, 300)),
        settings.instants("anchors", 8));
  }
}
