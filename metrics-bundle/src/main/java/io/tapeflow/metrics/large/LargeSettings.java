package io.tapeflow.metrics.large;

import io.tapeflow.metrics.family.FamilySettings;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the family is computed with.
 *
 * @param tiers absolute thresholds, and for whom
 * @param joinMillis how far apart in time the trades of one order may be
 * @param sample number of orders that the statistical thresholds rest on
 * @param quantile of the sample
 * @param meanDeviations standard deviations above the mean
 * @param robustDeviations times 1.4826 median absolute deviations above the median
 * @param recentSeconds age at which large orders are forgotten
 * @param cooldownMillis shortest time between two alerts of a side
 * @param rows of the table
 */
record LargeSettings(
    TierSettings tiers,
    int joinMillis,
    int sample,
    BigDecimal quantile,
    double meanDeviations,
    double robustDeviations,
    int recentSeconds,
    int cooldownMillis,
    int rows) {

  static LargeSettings of(String pid, Map<String, ?> properties) {
    FamilySettings settings = new FamilySettings(pid, properties);
    return new LargeSettings(
        TierSettings.of(settings),
        settings.whole("join.ms", 0, 10_000, 0),
        settings.whole("sample.orders", Judge.LEAST_ORDERS, 100_000, 10_000),
        settings.decimal("quantile", "0.5", "0.9999", new BigDecimal("0.99")),
        settings.number("mean.deviations", 1, 20, 2),
        settings.number("robust.deviations", 1, 100, 6),
        settings.whole("recent.seconds", 1, 3600, 300),
        settings.whole("cooldown.ms", 0, 3_600_000, 5_000),
        settings.whole("rows", 1, 500, 50));
  }

  long joinMicros() {
    return TimeUnit.MILLISECONDS.toMicros(joinMillis);
  }

  long recentMicros() {
    return TimeUnit.SECONDS.toMicros(recentSeconds);
  }

  long cooldownMicros() {
    return TimeUnit.MILLISECONDS.toMicros(cooldownMillis);
  }
}
