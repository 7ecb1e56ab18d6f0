package io.tapeflow.metrics.speed;

import io.tapeflow.metrics.family.FamilySettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the family is computed with.
 *
 * @param windows lengths in seconds, ascending
 * @param ewmaSeconds time constant of the moving rate
 * @param baselineSeconds how long before now bursts and spikes are measured against
 * @param spikeSeconds length of the window whose volume may be a spike
 */
record SpeedSettings(
    List<Integer> windows, int ewmaSeconds, int baselineSeconds, int spikeSeconds) {
  /** Acceleration compares the first of these with the second, whatever windows there are. */
  static final int FAST_SECONDS = 1;

  static final int SLOW_SECONDS = 60;

  static SpeedSettings of(String pid, Map<String, ?> properties) {
    FamilySettings settings = new FamilySettings(pid, properties);
    return new SpeedSettings(
        settings.wholes("windows.seconds", 1, 3600, 8, List.of(1, 15, 60)),
        settings.whole("ewma.seconds", 1, 3600, 15),
        settings.whole("baseline.seconds", 30, 3600, 300),
        settings.whole("spike.seconds", 1, 600, 10));
  }

  /** How far back any of the metrics looks, in microseconds. */
  long longestMicros() {
    int baseline = baselineSeconds + Math.max(spikeSeconds, FAST_SECONDS);
    int longest = Math.max(windows.get(windows.size() - 1), Math.max(baseline, SLOW_SECONDS));
    return TimeUnit.SECONDS.toMicros(longest);
  }
}
