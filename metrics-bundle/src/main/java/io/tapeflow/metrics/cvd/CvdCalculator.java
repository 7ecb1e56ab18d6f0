package io.tapeflow.metrics.cvd;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.Wide;
import io.tapeflow.metrics.window.Anchors;
import io.tapeflow.metrics.window.RunningSums;
import io.tapeflow.metrics.window.Span;
import io.tapeflow.metrics.window.StateHeader;
import io.tapeflow.metrics.window.Trend;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/** CVD over windows and since anchors, its share of the volume, and its slope over seconds. */
final class CvdCalculator implements MetricCalculator {
  private static final String FORMAT = "cvd 1";
  private static final String NO_TRADE = "No trade yet";
  private static final long SECOND = TimeUnit.SECONDS.toMicros(1);

  private static final String SESSION_VOLUME = "volume.session";

  private static final int DELTA = 1;
  private static final int VOLUME = 3;
  private static final int LENGTH = 5;

  private final Instrument instrument;
  private final CvdSettings settings;
  private final RunningSums sums;
  private final List<Scope> scopes = new ArrayList<>();
  private final List<SlopeNames> slopes = new ArrayList<>();
  private final List<MetricInfo> infos = new ArrayList<>();

  CvdCalculator(Instrument instrument, CvdSettings settings) {
    this.instrument = instrument;
    this.settings = settings;
    sums = new RunningSums(LENGTH, settings.longestMicros(), settings.day(), settings.anchors());
    String sinceSession = "since " + settings.day();
    add("cvd.session", "cvd.ratio.session", sinceSession, sums::session);
    infos.add(new MetricInfo(SESSION_VOLUME, "base", "Volume " + sinceSession));
    for (int i = 0; i < settings.anchors().size(); i++) {
      int anchor = i;
      String name = Anchors.name(settings.anchors().get(i));
      String words = "since " + settings.anchors().get(i);
      add("cvd." + name, "cvd.ratio." + name, words, now -> sums.since(anchor, now));
    }
    for (int seconds : settings.windows()) {
      long micros = TimeUnit.SECONDS.toMicros(seconds);
      String name = "rolling." + seconds + "s";
      String words = "over " + seconds + " s";
      add("cvd." + name, "cvd.ratio." + name, words, now -> sums.window(now, micros));
    }
    for (int seconds : settings.slopeSeconds()) {
      String words = "over the points of " + seconds + " whole seconds";
      SlopeNames names = SlopeNames.of(seconds + "s", "s", words);
      slopes.add(names);
      infos.addAll(names.infos(settings.leastR2()));
    }
  }

  @Override
  public List<MetricInfo> metrics() {
    return List.copyOf(infos);
  }

  @Override
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
    sums.moveTo(id, timeMicros);
    Wide.add(sums.state(), DELTA, buy ? quantity : -quantity);
    Wide.add(sums.state(), VOLUME, quantity);
  }

  @Override
  public void read(MetricReadout out) {
    for (Scope scope : scopes) {
      if (out.wants(scope.cvd()) || out.wants(scope.ratio())) {
        give(scope, scope.span().apply(out.nowMicros()), out);
      }
    }
    if (out.wants(SESSION_VOLUME)) {
      Span session = sums.session(out.nowMicros());
      if (sums.begun()) {
        out.number(SESSION_VOLUME, volume(session), session.basis());
      } else {
        out.absent(SESSION_VOLUME, NO_TRADE, session.basis());
      }
    }
    for (int i = 0; i < slopes.size(); i++) {
      if (!slopes.get(i).areWanted(out)) {
        continue;
      }
      slope(slopes.get(i), settings.slopeSeconds().get(i), out);
    }
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    StateHeader.write(out, FORMAT, settings);
    sums.save(out);
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    StateHeader.check(in, FORMAT, settings);
    sums.restore(in);
  }

  private void give(Scope scope, Span span, MetricReadout out) {
    MetricBasis basis = span.basis();
    BigDecimal delta = span.wide(DELTA, instrument.quantityScale());
    if (sums.begun()) {
      out.number(scope.cvd(), delta, basis);
    } else {
      out.absent(scope.cvd(), NO_TRADE, basis);
    }
    if (span.isEmpty()) {
      out.absent(scope.ratio(), sums.begun() ? "No trade in it" : NO_TRADE, basis);
    } else {
      out.number(scope.ratio(), delta.divide(volume(span), MathContext.DECIMAL64), basis);
    }
  }

  private BigDecimal volume(Span span) {
    return span.wide(VOLUME, instrument.quantityScale());
  }

  /** Points are the CVD at whole seconds, the last value carried forward through quiet ones. */
  private void slope(SlopeNames names, int seconds, MetricReadout out) {
    long now = out.nowMicros();
    long last = Math.floorDiv(now, SECOND);
    long covered = sums.begun() ? last - Math.floorDiv(sums.reach() - 1, SECOND) - 1 : -1;
    int steps = (int) Math.min(seconds, covered);
    MetricBasis basis = sums.window(now, now - (last - seconds) * SECOND).basis();
    if (steps + 1 < Trend.LEAST_POINTS) {
      names.absent(sums.begun() ? "Needs two whole seconds" : NO_TRADE, basis, out);
      return;
    }
    long[] first = sums.sumsAt((last - steps) * SECOND);
    double[] points = new double[steps + 1];
    long[] at = first;
    for (int i = 1; i <= steps; i++) {
      at = sums.sumsAt((last - steps + i) * SECOND);
      points[i] = base(at, first, DELTA);
    }
    double volume = base(at, first, VOLUME) / steps;
    names.give(Trend.of(points), volume, settings.leastR2(), basis, out);
  }

  private double base(long[] to, long[] from, int slot) {
    return Wide.difference(to, from, slot, instrument.quantityScale()).doubleValue();
  }

  private void add(String cvd, String ratio, String words, LongFunction<Span> span) {
    scopes.add(new Scope(cvd, ratio, span));
    infos.add(new MetricInfo(cvd, "base", "Cumulative volume delta " + words));
    infos.add(new MetricInfo(ratio, "ratio", "Cumulative volume delta, of the volume, " + words));
  }

  /** A part of the tape and its metrics. */
  private record Scope(String cvd, String ratio, LongFunction<Span> span) {}
}
