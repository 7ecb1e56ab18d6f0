package io.tapeflow.metrics.divergence;

import io.tapeflow.metrics.bar.BarSpec;
import io.tapeflow.metrics.family.FamilySettings;
import io.tapeflow.metrics.window.SessionDay;
import java.util.List;
import java.util.Map;

/**
 * What the family is computed with.
 *
 * @param bars kinds of bars
 * @param left bars before a pivot that it exceeds
 * @param right bars behind a pivot that do not exceed it
 * @param separationMin least distance of compared pivots
 * @param separationMax greatest distance of compared pivots
 * @param validBars for how many bars a divergence of pivots is shown
 * @param anchor where the CVD of pivots begins with 0
 * @param day when sessions begin
 * @param deltaShare least delta of a diverging bar, as a share of its volume
 * @param medianBars bars before it whose median volume it has at least
 * @param slopeBars number of closed bars of the slopes
 * @param leastT what both slopes have at least
 * @param rows of the table
 */
record DivergenceSettings(
    List<BarSpec> bars,
    int left,
    int right,
    int separationMin,
    int separationMax,
    int validBars,
    Anchor anchor,
    SessionDay day,
    double deltaShare,
    int medianBars,
    int slopeBars,
    double leastT,
    int rows) {

  /** Where the CVD of pivots begins with 0. */
  enum Anchor {
    NONE,
    SESSION
  }

  static DivergenceSettings of(String pid, Map<String, ?> properties) {
    FamilySettings settings = new FamilySettings(pid, properties);
    int least = settings.whole("pivot.separation.min", 1, 500, 5);
    return new DivergenceSettings(
        BarSpec.list(settings),
        settings.whole("pivot.left", 1, 50, 5),
        settings.whole("pivot.right", 1, 50, 5),
        least,
        settings.whole("pivot.separation.max", least, 500, Math.max(least, 60)),
        settings.whole("pivot.valid.bars", 1, 100, 5),
        settings.word("anchor", Anchor.class, Anchor.NONE),
        SessionDay.of(settings),
        settings.number("bar.delta.share", 0, 1, 0.1),
        settings.whole("bar.median.bars", 1, 500, 20),
        settings.whole("slope.bars", 4, 500, 20),
        settings.number("slope.least.t", 0, 100, 2),
        settings.whole("rows", 1, 500, 20));
  }

  /** How many bars any of the forms looks at. */
  int keptBars() {
    int pivots = pivotBars();
    return Math.max(pivots, Math.max(medianBars + 1, slopeBars));
  }

  /** How many bars two pivots and what makes them pivots may take. */
  int pivotBars() {
    return left + separationMax + 1 + right;
  }
}
