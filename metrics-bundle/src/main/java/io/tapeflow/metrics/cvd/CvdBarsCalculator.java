package io.tapeflow.metrics.cvd;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.bar.Bar;
import io.tapeflow.metrics.bar.BarSpec;
import io.tapeflow.metrics.bar.Bars;
import io.tapeflow.metrics.window.StateHeader;
import io.tapeflow.metrics.window.Trend;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** CVD by bars, as open, high, low and close, and its slope over the last closed ones. */
final class CvdBarsCalculator implements MetricCalculator {
  private static final String FORMAT = "cvd bars 1";

  private final CvdSettings settings;
  private final Bars bars;
  private final List<String> closedNames;
  private final List<String> formingNames;
  private final SlopeNames slope;
  private final List<MetricInfo> infos = new ArrayList<>();

  // Where the CVD began with 0, and its value at the last close.
  private long firstTime = -1;
  private long session;
  private long anchorId = -1;
  private BigDecimal open = BigDecimal.ZERO;
  private BigDecimal close = BigDecimal.ZERO;

  /** Null until it is asked for. */
  private Sloped sloped;

  CvdBarsCalculator(BarSpec spec, Instrument instrument, CvdSettings settings) {
    this.settings = settings;
    bars = new Bars(spec, instrument, settings.slopeBars(), this::closed);
    String scope = spec.scope();
    closedNames = names("." + scope);
    formingNames = names(".forming." + scope);
    announce(closedNames, "in the last closed bar of " + spec);
    announce(formingNames, "in the forming bar of " + spec + " so far");
    String words = "over " + settings.slopeBars() + " closed bars of " + spec;
    slope = SlopeNames.of(scope, "bar", words);
    infos.addAll(slope.infos(settings.leastR2()));
  }

  @Override
  public List<MetricInfo> metrics() {
    return List.copyOf(infos);
  }

  @Override
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
    if (firstTime < 0) {
      firstTime = timeMicros;
      anchorId = id;
      session = session(timeMicros);
    }
    bars.trade(id, timeMicros, price, quantity, buy, fills);
  }

  @Override
  public void gap(long firstId, long lastId) {
    bars.gap(firstId, lastId);
  }

  @Override
  public void read(MetricReadout out) {
    if (bars.size() == 0) {
      MetricBasis basis = bars.closedBasis(out.nowMicros());
      closedNames.forEach(name -> out.absent(name, Bars.NONE_CLOSED, basis));
      slope.absent(Bars.NONE_CLOSED, basis, out);
    } else {
      give(closedNames, bars.closed(0), open, basis(session, anchorId), out);
      if (slope.areWanted(out)) {
        slope(out);
      }
    }
    Bar forming = bars.forming();
    if (forming == null) {
      MetricBasis basis = bars.formingBasis(out.nowMicros());
      formingNames.forEach(name -> out.absent(name, Bars.NONE_FORMS, basis));
    } else {
      boolean begins = session(forming.openTime()) != session;
      BigDecimal from = begins ? BigDecimal.ZERO : close;
      long since = session(forming.openTime());
      give(formingNames, forming, from, basis(since, begins ? forming.firstId() : anchorId), out);
    }
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    StateHeader.write(out, FORMAT, settings);
    bars.save(out);
    out.writeLong(firstTime);
    out.writeLong(session);
    out.writeLong(anchorId);
    out.writeUTF(open.toString());
    out.writeUTF(close.toString());
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    StateHeader.check(in, FORMAT, settings);
    bars.restore(in);
    firstTime = in.readLong();
    session = in.readLong();
    anchorId = in.readLong();
    try {
      open = new BigDecimal(in.readUTF());
      close = new BigDecimal(in.readUTF());
    } catch (NumberFormatException e) {
      throw new IOException("State holds a CVD that is no number", e);
    }
  }

  private void closed(Bar bar) {
    if (session(bar.openTime()) != session) {
      session = session(bar.openTime());
      anchorId = bar.firstId();
      close = BigDecimal.ZERO;
    }
    open = close;
    close = open.add(bar.delta());
  }

  /** Start of the session that a bar belongs to by its start; the same for all without sessions. */
  private long session(long time) {
    return settings.barAnchor() == CvdSettings.BarAnchor.SESSION ? settings.day().start(time) : 0;
  }

  private MetricBasis basis(long sessionStart, long firstId) {
    boolean covered =
        settings.barAnchor() == CvdSettings.BarAnchor.NONE || firstTime < sessionStart;
    String lack =
        covered
            ? ""
            : "Covers the session since " + Instant.EPOCH.plus(firstTime, ChronoUnit.MICROS);
    return new MetricBasis(firstId, Math.max(firstTime, sessionStart), lack);
  }

  private static void give(
      List<String> names, Bar bar, BigDecimal from, MetricBasis basis, MetricReadout out) {
    if (names.stream().anyMatch(out::wants)) {
      out.number(names.get(0), from, basis);
      out.number(names.get(1), from.add(bar.maxDelta()), basis);
      out.number(names.get(2), from.add(bar.minDelta()), basis);
      out.number(names.get(3), from.add(bar.delta()), basis);
    }
  }

  /** A slope does not depend on where the CVD began, so it may be taken over a session's end. */
  private void slope(MetricReadout out) {
    int count = Math.min(bars.size(), settings.slopeBars());
    Bar oldest = bars.closed(count - 1);
    MetricBasis basis = oldest.basis();
    if (count < settings.slopeBars()) {
      String lack = "Has " + count + " of " + settings.slopeBars() + " bars";
      basis = new MetricBasis(basis.firstId(), basis.sinceMicros(), lack);
    }
    if (count < Trend.LEAST_POINTS) {
      slope.absent("Needs " + Trend.LEAST_POINTS + " closed bars", basis, out);
      return;
    }
    Bar newest = bars.closed(0);
    if (sloped == null || !sloped.isOf(newest, count)) {
      sloped = sloped(newest, count);
    }
    slope.give(sloped.trend, sloped.meanVolume, settings.leastR2(), basis, out);
  }

  private Sloped sloped(Bar newest, int count) {
    double[] points = new double[count];
    BigDecimal cvd = BigDecimal.ZERO;
    BigDecimal volume = bars.closed(count - 1).volume();
    for (int i = 1; i < count; i++) {
      Bar bar = bars.closed(count - 1 - i);
      cvd = cvd.add(bar.delta());
      volume = volume.add(bar.volume());
      points[i] = cvd.doubleValue();
    }
    return new Sloped(newest, count, Trend.of(points), volume.doubleValue() / count);
  }

  /**
   * The slope over so many bars up to one; it is asked for at each trade, and changes with bars.
   */
  private record Sloped(Bar newest, int count, Trend trend, double meanVolume) {
    boolean isOf(Bar bar, int bars) {
      return newest.number() == bar.number() && newest.version() == bar.version() && count == bars;
    }
  }

  private void announce(List<String> names, String words) {
    infos.add(new MetricInfo(names.get(0), "base", "CVD at the start " + words));
    infos.add(new MetricInfo(names.get(1), "base", "Highest CVD " + words));
    infos.add(new MetricInfo(names.get(2), "base", "Lowest CVD " + words));
    infos.add(new MetricInfo(names.get(3), "base", "CVD at the end " + words));
  }

  private static List<String> names(String suffix) {
    return List.of(
        "cvd.open" + suffix, "cvd.high" + suffix, "cvd.low" + suffix, "cvd.close" + suffix);
  }
}
