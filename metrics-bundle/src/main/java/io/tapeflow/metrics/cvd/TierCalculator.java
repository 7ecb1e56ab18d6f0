package io.tapeflow.metrics.cvd;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.Wide;
import io.tapeflow.metrics.large.Parent;
import io.tapeflow.metrics.large.TierSettings;
import io.tapeflow.metrics.large.Tiers;
import io.tapeflow.metrics.window.RunningSums;
import io.tapeflow.metrics.window.SessionDay;
import io.tapeflow.metrics.window.Span;
import io.tapeflow.metrics.window.StateHeader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * CVD of the session by the size of the orders, each in the one tier that it reaches. Orders are of
 * a single moment, so that none belongs to two sessions; the one that may still grow counts where
 * it is by now. The tiers add up to the CVD of the session.
 */
final class TierCalculator implements MetricCalculator {
  private static final String FORMAT = "cvd tiers 1";

  private final Instrument instrument;
  private final TierSettings settings;
  private final Tiers tiers;
  private final RunningSums sums;
  private final Parent parent = new Parent(0);
  private final List<String> names = new ArrayList<>();
  private final List<MetricInfo> infos = new ArrayList<>();

  TierCalculator(Instrument instrument, SessionDay day, TierSettings settings) {
    this.instrument = instrument;
    this.settings = settings;
    tiers = new Tiers(settings, instrument);
    List<String> bounds = settings.names();
    // No window is asked for, so no more than a mark or two is kept.
    sums = new RunningSums(slot(bounds.size() + 1), 0, day, List.of());
    for (int i = 0; i <= bounds.size(); i++) {
      boolean smallest = i == 0;
      String name = smallest ? "under" + bounds.get(0) : bounds.get(i - 1);
      names.add("cvd.tier." + name + ".session");
      String from = smallest ? "" : "from " + bounds.get(i - 1) + " ";
      String to = i == bounds.size() ? "" : "under " + bounds.get(i) + " ";
      String words = "CVD since " + day + " of orders " + from + to + "quote units";
      infos.add(new MetricInfo(names.get(i), "base", words));
    }
  }

  @Override
  public List<MetricInfo> metrics() {
    return infos;
  }

  @Override
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
    if (parent.isContinuedBy(timeMicros, quantity, buy)) {
      sums.moveTo(id, timeMicros);
      parent.add(id, timeMicros, price, quantity);
    } else {
      finish();
      sums.moveTo(id, timeMicros);
      parent.begin(id, timeMicros, price, quantity, buy);
    }
  }

  /** What follows a gap may be of another order. */
  @Override
  public void gap(long firstId, long lastId) {
    finish();
  }

  @Override
  public void read(MetricReadout out) {
    Span session = sums.session(out.nowMicros());
    MetricBasis basis = session.basis();
    if (!sums.begun()) {
      names.forEach(name -> out.absent(name, "No trade yet", basis));
    } else if (!settings.appliesTo(instrument)) {
      names.forEach(name -> out.absent(name, settings.absence(instrument), basis));
    } else {
      give(session, out);
    }
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    StateHeader.write(out, FORMAT, settings);
    sums.save(out);
    parent.save(out);
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    StateHeader.check(in, FORMAT, settings);
    sums.restore(in);
    parent.restore(in);
  }

  private void give(Span session, MetricReadout out) {
    int growing = parent.isOpen() && !session.isEmpty() ? tiers.of(parent) + 1 : -1;
    for (int i = 0; i < names.size(); i++) {
      BigDecimal cvd = session.wide(slot(i), instrument.quantityScale());
      if (i == growing) {
        cvd = cvd.add(instrument.quantity(signed()));
      }
      out.number(names.get(i), cvd, session.basis());
    }
  }

  private void finish() {
    if (parent.isOpen()) {
      Wide.add(sums.state(), slot(tiers.of(parent) + 1), signed());
      parent.close();
    }
  }

  private long signed() {
    return parent.isBuy() ? parent.quantity() : -parent.quantity();
  }

  private static int slot(int tier) {
    return 1 + 2 * tier;
  }
}
