package io.tapeflow.metrics.divergence;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.bar.Bar;
import java.math.BigDecimal;

/**
 * Compares each pivot with the pivot of the same kind before it. A pivot is known as soon as the
 * bars behind it have closed, and never changes after that. It keeps nothing but the bars: what it
 * finds is the same whether it has been restored or not.
 */
final class PivotFinder {
  private final Instrument instrument;
  private final DivergenceSettings settings;
  private final Series series;

  PivotFinder(Instrument instrument, DivergenceSettings settings, Series series) {
    this.instrument = instrument;
    this.settings = settings;
    this.series = series;
  }

  /** What the newest bar makes known at highs or at lows, or null. */
  Divergence find(boolean highs, long closedCount) {
    int at = settings.right();
    if (!isPivot(at, highs)) {
      return null;
    }
    int last = at + settings.separationMax();
    for (int from = at + 1; from <= last; from++) {
      if (isPivot(from, highs)) {
        boolean apart = from - at >= settings.separationMin();
        return apart && !isReset(from, at) ? compare(from, at, highs, closedCount) : null;
      }
    }
    return null;
  }

  /** Strictly beyond the bars before it, not exceeded by those behind it: the first of equals. */
  private boolean isPivot(int back, boolean highs) {
    if (back + settings.left() >= series.size()) {
      return false;
    }
    long extreme = extreme(back, highs);
    for (int i = 1; i <= settings.left(); i++) {
      if (extreme(back + i, highs) >= extreme) {
        return false;
      }
    }
    for (int i = 1; i <= settings.right(); i++) {
      if (extreme(back - i, highs) > extreme) {
        return false;
      }
    }
    return true;
  }

  /** Of lows with the sign turned, so that further out is always greater. */
  private long extreme(int back, boolean highs) {
    Bar bar = series.newest(back).bar();
    return highs ? bar.high() : -bar.low();
  }

  private boolean isReset(int from, int at) {
    long before = settings.day().number(series.newest(from).bar().openTime());
    return settings.anchor() == DivergenceSettings.Anchor.SESSION
        && before != settings.day().number(series.newest(at).bar().openTime());
  }

  private Divergence compare(int from, int at, boolean highs, long closedCount) {
    Series.Point first = series.newest(from);
    Series.Point second = series.newest(at);
    int price = Long.compare(extreme(at, highs), extreme(from, highs));
    BigDecimal change = second.cvd().subtract(first.cvd());
    int cvd = highs ? change.signum() : -change.signum();
    if (price * cvd >= 0) {
      return null;
    }
    // Outward in price and not in CVD is the regular form; the other way round the hidden one.
    Form form = price > 0 ? Form.PIVOT : Form.HIDDEN;
    return new Divergence(
        form,
        !highs,
        strength(from, at, highs, change),
        first.bar().number(),
        second.bar().number(),
        series.newest(0).bar().number(),
        closedCount,
        instrument.price(Math.abs(extreme(from, highs))),
        instrument.price(Math.abs(extreme(at, highs))),
        first.cvd(),
        second.cvd());
  }

  /** Geometric mean of the shares that the two changes have in the ranges of price and of CVD. */
  private double strength(int from, int at, boolean highs, BigDecimal change) {
    double priceChange = extreme(at, highs) - (double) extreme(from, highs);
    double priceRange = range(from, at);
    BigDecimal high = series.newest(from).cvd();
    BigDecimal low = high;
    for (int back = at; back < from; back++) {
      high = high.max(series.newest(back).cvd());
      low = low.min(series.newest(back).cvd());
    }
    double priceShare = Math.abs(priceChange) / priceRange;
    double cvdShare = change.abs().doubleValue() / high.subtract(low).doubleValue();
    return Math.sqrt(priceShare * cvdShare);
  }

  private double range(int from, int at) {
    long high = Long.MIN_VALUE;
    long low = Long.MAX_VALUE;
    for (int back = at; back <= from; back++) {
      high = Math.max(high, series.newest(back).bar().high());
      low = Math.min(low, series.newest(back).bar().low());
    }
    return high - (double) low;
  }
}
