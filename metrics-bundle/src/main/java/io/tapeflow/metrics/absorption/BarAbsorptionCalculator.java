package io.tapeflow.metrics.absorption;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.bar.Bar;
import io.tapeflow.metrics.bar.BarListener;
import io.tapeflow.metrics.bar.Bars;
import io.tapeflow.metrics.impact.Samples;
import io.tapeflow.metrics.window.StateHeader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

/**
 * Absorption and exhaustion by closed bars. A bar whose delta is unusually great, but which closed
 * the other way or hardly moved, was absorbed. A run of bars with ever new highs, in which ever
 * less was bought in the row at the high, is exhausted; so with lows.
 */
final class BarAbsorptionCalculator implements MetricCalculator, BarListener {
  private static final String FORMAT = "absorption.bar 3";
  private static final String NONE = "NONE";

  /** A body of at most this share of the range is no move. */
  private static final double SMALL_BODY = 0.25;

  private final Instrument instrument;
  private final AbsorptionSettings settings;
  private final AbsorptionZones zones;
  private final Bars bars;
  private final Samples deltas;
  private final Extreme highs;
  private final Extreme lows;
  private final String scope;
  private final List<MetricInfo> metrics;
  private String side = NONE;
  private double threshold = Double.NaN;

  BarAbsorptionCalculator(Instrument instrument, AbsorptionSettings settings) {
    this.instrument = instrument;
    this.settings = settings;
    this.zones = new AbsorptionZones(settings.zones(), settings.halfLifeSeconds());
    this.bars = new Bars(settings.bar(), instrument, 1, this);
    this.deltas = new Samples(1, settings.deltaBars());
    long row = Math.multiplyExact(instrument.priceTick(), settings.rowTicks());
    this.highs = new Extreme(row, true);
    this.lows = new Extreme(row, false);
    this.scope = "." + settings.bar().scope();
    this.metrics = announce(settings, scope);
  }

  @Override
  public List<MetricInfo> metrics() {
    return metrics;
  }

  @Override
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
    bars.trade(id, timeMicros, price, quantity, buy, fills);
  }

  @Override
  public void gap(long firstId, long lastId) {
    bars.gap(firstId, lastId);
  }

  @Override
  public void entered(long timeMicros, long price, long quantity, boolean buy, boolean first) {
    highs.add(price, buy ? quantity : 0);
    lows.add(price, buy ? 0 : quantity);
    zones.trade(price, timeMicros);
  }

  @Override
  public void closed(Bar bar) {
    if (bar.isEmpty()) {
      return;
    }
    if (bar.partial()) {
      // Neither its delta nor its extremes are known, so nothing can be measured by them.
      highs.forget();
      lows.forget();
      return;
    }
    double delta = bar.delta().doubleValue();
    threshold =
        deltas.size() < settings.deltaBars()
            ? Double.NaN
            : Quantiles.of(deltas.column(0), settings.quantile());
    side = NONE;
    if (Math.abs(delta) >= threshold && delta != 0 && isAbsorbed(bar, delta)) {
      side = delta > 0 ? "BUY" : "SELL";
      zones.found(
          delta > 0,
          bar.low(),
          bar.high(),
          threshold > 0 ? Math.abs(delta) / threshold : 1,
          bar.value().doubleValue(),
          bar.firstId(),
          bar.closeTime());
    }
    deltas.add(Math.abs(delta));
    highs.close(bar.firstId(), bar.openTime());
    lows.close(bar.firstId(), bar.openTime());
  }

  @Override
  public void read(MetricReadout out) {
    if (bars.size() == 0) {
      MetricBasis none = new MetricBasis(-1, out.nowMicros(), "No bar has closed");
      metrics.forEach(metric -> out.absent(metric.name(), "No bar has closed", none));
      return;
    }
    Bar bar = bars.closed(0);
    String lack =
        deltas.size() < settings.deltaBars() || Double.isNaN(threshold)
            ? deltas.size() + " of " + settings.deltaBars() + " earlier bars"
            : "";
    MetricBasis basis = new MetricBasis(bar.firstId(), bar.openTime(), lack);
    out.word("absorption.delta" + scope, side, basis);
    if (Double.isNaN(threshold)) {
      out.absent("absorption.delta.threshold" + scope, lack, basis);
    } else {
      out.number("absorption.delta.threshold" + scope, threshold, basis);
    }
    long now = out.nowMicros();
    out.rows("absorption.delta.zones" + scope, zones.rows(instrument, now), basis);
    out.number("absorption.delta.strength.bid" + scope, zones.strongest(false, now), basis);
    out.number("absorption.delta.strength.ask" + scope, zones.strongest(true, now), basis);
    read(out, highs, "exhaustion.buy" + scope);
    read(out, lows, "exhaustion.sell" + scope);
    boolean buying = highs.run() >= settings.extremes();
    boolean selling = lows.run() >= settings.extremes();
    String exhausted = buying ? "BUY" : selling ? "SELL" : NONE;
    Extreme longer = selling && !buying ? lows : highs;
    out.word("exhaustion" + scope, exhausted, basis(out, longer));
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    StateHeader.write(out, FORMAT, settings);
    bars.save(out);
    deltas.save(out);
    highs.save(out);
    lows.save(out);
    zones.save(out);
    out.writeUTF(side);
    out.writeDouble(threshold);
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    StateHeader.check(in, FORMAT, settings);
    bars.restore(in);
    deltas.restore(in);
    highs.restore(in);
    lows.restore(in);
    zones.restore(in);
    side = in.readUTF();
    threshold = in.readDouble();
  }

  private void read(MetricReadout out, Extreme extreme, String name) {
    out.number(name, BigDecimal.valueOf(extreme.run()), basis(out, extreme));
  }

  private MetricBasis basis(MetricReadout out, Extreme extreme) {
    int least = settings.extremes();
    String lack =
        extreme.bars() < least ? "Has " + extreme.bars() + " of " + least + " whole bars" : "";
    return extreme.bars() == 0
        ? new MetricBasis(-1, out.nowMicros(), lack)
        : new MetricBasis(extreme.runId(), extreme.runTime(), lack);
  }

  private static boolean isAbsorbed(Bar bar, double delta) {
    long body = bar.close() - bar.open();
    return Long.signum(body) != Math.signum(delta)
        || Math.abs(body) <= SMALL_BODY * (bar.high() - bar.low());
  }

  private static List<MetricInfo> announce(AbsorptionSettings settings, String scope) {
    String last = " of the last closed bar of " + settings.bar() + ".";
    String run = " in succession, each with less volume in its row, up to the last closed bar.";
    return List.of(
        new MetricInfo(
            "absorption.delta" + scope,
            "word",
            "The aggressor that was absorbed, BUY or SELL, or NONE," + last),
        new MetricInfo(
            "absorption.delta.threshold" + scope,
            "base",
            "Quantile "
                + settings.quantile()
                + " of the absolute deltas of "
                + settings.deltaBars()
                + " earlier bars."),
        new MetricInfo(
            "absorption.delta.zones" + scope,
            "rows",
            "Ranges of absorbed bars, |delta| through the threshold as strength, newest first."),
        new MetricInfo(
            "absorption.delta.strength.bid" + scope,
            "ratio",
            "The strongest of them that absorbed selling, faded."),
        new MetricInfo(
            "absorption.delta.strength.ask" + scope,
            "ratio",
            "The strongest of them that absorbed buying, faded."),
        new MetricInfo("exhaustion.buy" + scope, "bars", "New highs" + run),
        new MetricInfo("exhaustion.sell" + scope, "bars", "New lows" + run),
        new MetricInfo(
            "exhaustion" + scope,
            "word",
            "The side that is exhausted after "
                + settings.extremes()
                + " such extremes, BUY or SELL, or NONE."));
  }
}
