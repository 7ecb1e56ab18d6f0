package io.tapeflow.metrics.absorption;

import io.tapeflow.metrics.bar.BarSpec;
import io.tapeflow.metrics.family.FamilySettings;
import java.util.Map;

/**
 * What absorption is found by.
 *
 * @param windowSeconds length of the window
 * @param share of the dominant side in the window's volume from which on it counts as an effort
 * @param score expected move through actual move, from which on the effort is absorbed
 * @param quantile of the volumes of earlier windows that the effort must reach
 * @param windows how many earlier windows the quantile is over
 * @param bars how many earlier slots Kyle's lambda is estimated over
 * @param minValue quote units that the dominant side must have traded in the window
 * @param mostTicks greatest move of an absorbed effort, in ticks; 0 for no bound but the score
 * @param zoneTicks greatest range of the window, in ticks; 0 for no bound
 * @param cooldownMillis between two findings on one side
 * @param halfLifeSeconds in which a zone loses half of its strength
 * @param zones how many zones are kept
 * @param bar of delta absorption and exhaustion
 * @param deltaBars how many earlier bars the quantile of deltas is over
 * @param rowTicks height of the row at a bar's extreme, in ticks
 * @param extremes how many extremes in succession make an exhaustion
 */
record AbsorptionSettings(
    int windowSeconds,
    double share,
    double score,
    double quantile,
    int windows,
    int bars,
    double minValue,
    int mostTicks,
    int zoneTicks,
    int cooldownMillis,
    int halfLifeSeconds,
    int zones,
    BarSpec bar,
    int deltaBars,
    int rowTicks,
    int extremes) {

  static AbsorptionSettings of(String pid, Map<String, ?> properties) {
    FamilySettings given = new FamilySettings(pid, properties);
    return new AbsorptionSettings(
        given.whole("window.seconds", 1, 600, 10),
        given.number("share", 0.5, 1, 0.65),
        given.number("score", 1, 1_000, 3),
        given.number("quantile", 0, 1, 0.9),
        given.whole("quantile.windows", 5, 10_000, 100),
        given.whole("lambda.slots", 10, 10_000, 100),
        given.number("min.value", 0, 1e15, 0),
        given.whole("move.ticks", 0, 1_000_000_000, 0),
        given.whole("zone.ticks", 0, 1_000_000_000, 0),
        given.whole("cooldown.ms", 0, 3_600_000, 5_000),
        given.whole("half.life.seconds", 1, 86_400, 600),
        given.whole("zones", 1, 100, 20),
        given.bar("bar", BarSpec.parse("60s")),
        given.whole("delta.bars", 5, 10_000, 100),
        given.whole("row.ticks", 1, 1_000_000, 10),
        given.whole("extremes", 2, 20, 3));
  }
}
