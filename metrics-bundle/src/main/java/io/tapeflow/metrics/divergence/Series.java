package io.tapeflow.metrics.divergence;

import io.tapeflow.metrics.bar.Bar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The last closed bars and the CVD at the close of each, oldest first. A bar that began before the
 * record is not among them: its high, low and delta are not known.
 */
final class Series {
  private final int kept;
  private final List<Point> points = new ArrayList<>();

  /**
   * Nothing yet.
   *
   * @param kept how many bars are kept
   */
  Series(int kept) {
    this.kept = kept;
  }

  void add(Bar bar) {
    if (bar.partial()) {
      return;
    }
    BigDecimal before = points.isEmpty() ? BigDecimal.ZERO : newest(0).cvd();
    if (points.size() == kept) {
      points.remove(0);
    }
    points.add(new Point(bar, before.add(bar.delta())));
  }

  /** Takes over bars in place of all that it has; the CVD may then count from another moment. */
  void replace(List<Bar> bars) {
    points.clear();
    bars.forEach(this::add);
  }

  int size() {
    return points.size();
  }

  /** A bar, 0 for the newest. */
  Point newest(int back) {
    return points.get(points.size() - 1 - back);
  }

  /** A closed bar and the CVD at its close, counted from some bar before. */
  record Point(Bar bar, BigDecimal cvd) {}
}
