package io.tapeflow.metrics.divergence;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.bar.Bar;
import io.tapeflow.metrics.bar.BarSpec;
import io.tapeflow.metrics.bar.Bars;
import io.tapeflow.metrics.window.StateHeader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** All forms of divergence on one kind of bars. Nothing is said of a bar before it has closed. */
final class DivergenceCalculator implements MetricCalculator {
  private static final String FORMAT = "divergence 1";

  private final DivergenceSettings settings;
  private final String scope;
  private final Bars bars;
  private final Series series;
  private final PivotFinder pivots;
  private final BarForms forms;
  private final List<MetricInfo> infos = new ArrayList<>();
  private final Map<Form, Divergence> latest = new EnumMap<>(Form.class);
  private final Deque<Divergence> found = new ArrayDeque<>();

  DivergenceCalculator(BarSpec spec, Instrument instrument, DivergenceSettings settings) {
    this.settings = settings;
    scope = "." + spec.scope();
    // One more, as the first one may be partial.
    bars = new Bars(spec, instrument, settings.keptBars() + 1, this::closed);
    series = new Series(settings.keptBars());
    pivots = new PivotFinder(instrument, settings, series);
    forms = new BarForms(instrument, settings, series);
    for (Form form : Form.values()) {
      infos.add(
          new MetricInfo(
              name(form),
              "word",
              "BULL, BEAR or NONE by " + form.words() + ", on closed bars of " + spec));
      infos.add(new MetricInfo(strengthName(form), "ratio", "Its strength, 0 to 1"));
    }
    infos.add(
        new MetricInfo(
            table(), "rows", "The last " + settings.rows() + " divergences, newest first"));
  }

  @Override
  public List<MetricInfo> metrics() {
    return List.copyOf(infos);
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
  public void read(MetricReadout out) {
    give(Form.PIVOT, settings.pivotBars(), settings.validBars(), out);
    give(Form.HIDDEN, settings.pivotBars(), settings.validBars(), out);
    give(Form.BAR, settings.medianBars() + 1, 1, out);
    give(Form.TURNAROUND, 3, 1, out);
    give(Form.SLOPE, settings.slopeBars(), 1, out);
    if (series.size() == 0) {
      out.absent(table(), Bars.NONE_CLOSED, none(out));
      return;
    }
    if (!out.wants(table())) {
      return;
    }
    List<MetricRow> rows = new ArrayList<>();
    for (Iterator<Divergence> it = found.descendingIterator(); it.hasNext(); ) {
      rows.add(it.next().row());
    }
    out.rows(table(), rows, basis(settings.keptBars(), false));
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    StateHeader.write(out, FORMAT, settings);
    bars.save(out);
    out.writeInt(latest.size());
    for (Divergence divergence : latest.values()) {
      divergence.save(out);
    }
    out.writeInt(found.size());
    for (Divergence divergence : found) {
      divergence.save(out);
    }
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    StateHeader.check(in, FORMAT, settings);
    bars.restore(in);
    series.replace(bars.closed());
    int forms = in.readInt();
    for (int i = 0; i < forms; i++) {
      Divergence divergence = Divergence.restored(in);
      latest.put(divergence.form(), divergence);
    }
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      found.addLast(Divergence.restored(in));
    }
  }

  private void closed(Bar bar) {
    series.add(bar);
    long count = bars.closedCount();
    if (bar.partial()) {
      return;
    }
    note(pivots.find(true, count));
    note(pivots.find(false, count));
    note(forms.bar(count));
    note(forms.turnaround(count));
    note(forms.slope(count));
  }

  private void note(Divergence divergence) {
    if (divergence == null) {
      return;
    }
    Divergence before = latest.put(divergence.form(), divergence);
    // A trend that goes on is the same divergence, not a new one with each bar.
    boolean goesOn =
        divergence.form() == Form.SLOPE
            && before != null
            && before.bull() == divergence.bull()
            && before.knownCount() == divergence.knownCount() - 1;
    if (goesOn) {
      return;
    }
    if (found.size() == settings.rows()) {
      found.removeFirst();
    }
    found.addLast(divergence);
  }

  private void give(Form form, int needed, int validBars, MetricReadout out) {
    if (series.size() == 0) {
      out.absent(name(form), Bars.NONE_CLOSED, none(out));
      out.absent(strengthName(form), Bars.NONE_CLOSED, none(out));
      return;
    }
    Divergence divergence = latest.get(form);
    boolean valid = divergence != null && bars.closedCount() - divergence.knownCount() < validBars;
    MetricBasis basis = basis(needed, valid);
    if (valid) {
      out.word(name(form), divergence.side(), basis);
      out.number(strengthName(form), divergence.strength(), basis);
    } else {
      out.word(name(form), "NONE", basis);
      out.absent(strengthName(form), "There is no such divergence", basis);
    }
  }

  /** What has been found rests on bars that were there; that there is none, on all needed. */
  private MetricBasis basis(int needed, boolean isFound) {
    int count = Math.min(needed, series.size());
    MetricBasis oldest = series.newest(count - 1).bar().basis();
    boolean lacks = !isFound && count < needed;
    String lack = lacks ? "Has " + count + " of " + needed + " bars" : "";
    return new MetricBasis(oldest.firstId(), oldest.sinceMicros(), lack);
  }

  private MetricBasis none(MetricReadout out) {
    return new MetricBasis(-1, out.nowMicros(), Bars.NONE_CLOSED);
  }

  private String name(Form form) {
    return "divergence." + form.key() + scope;
  }

  private String strengthName(Form form) {
    return "divergence." + form.key() + ".strength" + scope;
  }

  private String table() {
    return "divergence.recent" + scope;
  }
}
