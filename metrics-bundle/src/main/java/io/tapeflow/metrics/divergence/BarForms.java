package io.tapeflow.metrics.divergence;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.bar.Bar;
import io.tapeflow.metrics.window.Trend;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The forms that look at the newest bars alone. */
final class BarForms {
  private final Instrument instrument;
  private final DivergenceSettings settings;
  private final Series series;

  BarForms(Instrument instrument, DivergenceSettings settings, Series series) {
    this.instrument = instrument;
    this.settings = settings;
    this.series = series;
  }

  /** The newest bar closes against its delta, with enough delta and volume; or null. */
  Divergence bar(long closedCount) {
    if (series.size() <= settings.medianBars()) {
      return null;
    }
    Bar bar = series.newest(0).bar();
    int move = Long.compare(bar.close(), bar.open());
    BigDecimal delta = bar.delta();
    if (move * delta.signum() >= 0) {
      return null;
    }
    BigDecimal least = bar.volume().multiply(BigDecimal.valueOf(settings.deltaShare()));
    boolean strong = delta.abs().compareTo(least) >= 0 && twice(bar).compareTo(median()) >= 0;
    return strong ? found(Form.BAR, move < 0, barStrength(bar), 0, closedCount) : null;
  }

  /** Two bars one way, then one that turns at their extreme, with its delta; or null. */
  Divergence turnaround(long closedCount) {
    if (series.size() < 3) {
      return null;
    }
    Bar bar = series.newest(0).bar();
    Bar before = series.newest(1).bar();
    int move = Long.compare(bar.close(), bar.open());
    boolean turns =
        move != 0
            && move(1) == -move
            && move(2) == -move
            && bar.delta().signum() == move
            && (move < 0 ? bar.high() >= before.high() : bar.low() <= before.low());
    return turns ? found(Form.TURNAROUND, move > 0, barStrength(bar), 2, closedCount) : null;
  }

  /** Price and CVD have trends in opposite directions, both significant; or null. */
  Divergence slope(long closedCount) {
    int count = settings.slopeBars();
    if (series.size() < count) {
      return null;
    }
    double[] prices = new double[count];
    double[] cvds = new double[count];
    BigDecimal first = series.newest(count - 1).cvd();
    for (int i = 0; i < count; i++) {
      Series.Point point = series.newest(count - 1 - i);
      prices[i] = point.bar().close();
      cvds[i] = point.cvd().subtract(first).doubleValue();
    }
    Trend price = Trend.of(prices);
    Trend cvd = Trend.of(cvds);
    boolean diverges =
        price.slope() * cvd.slope() < 0
            && Math.abs(price.t()) >= settings.leastT()
            && Math.abs(cvd.t()) >= settings.leastT();
    double strength = Math.sqrt(price.r2() * cvd.r2());
    return diverges ? found(Form.SLOPE, cvd.slope() > 0, strength, count - 1, closedCount) : null;
  }

  private int move(int back) {
    Bar bar = series.newest(back).bar();
    return Long.compare(bar.close(), bar.open());
  }

  /** How one-sided the trades were, and how much of the bar's range its body is. */
  private static double barStrength(Bar bar) {
    double share = bar.delta().abs().doubleValue() / bar.volume().doubleValue();
    double body = Math.abs((double) bar.close() - bar.open()) / (bar.high() - (double) bar.low());
    return Math.sqrt(share * body);
  }

  private static BigDecimal twice(Bar bar) {
    return bar.volume().add(bar.volume());
  }

  /** Twice the median volume of the bars before the newest. */
  private BigDecimal median() {
    int count = settings.medianBars();
    List<BigDecimal> volumes = new ArrayList<>();
    for (int back = 1; back <= count; back++) {
      volumes.add(series.newest(back).bar().volume());
    }
    Collections.sort(volumes);
    return volumes.get((count - 1) / 2).add(volumes.get(count / 2));
  }

  private Divergence found(Form form, boolean bull, double strength, int from, long closedCount) {
    Series.Point first = series.newest(from);
    Series.Point last = series.newest(0);
    // One bar diverges within itself, more of them from close to close.
    long fromPrice = from == 0 ? first.bar().open() : first.bar().close();
    BigDecimal fromCvd = from == 0 ? first.cvd().subtract(first.bar().delta()) : first.cvd();
    return new Divergence(
        form,
        bull,
        strength,
        first.bar().number(),
        last.bar().number(),
        last.bar().number(),
        closedCount,
        instrument.price(fromPrice),
        instrument.price(last.bar().close()),
        fromCvd,
        last.cvd());
  }
}
