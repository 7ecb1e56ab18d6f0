package io.tapeflow.metrics.large;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.window.RunningSums;
import io.tapeflow.metrics.window.StateHeader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Puts taker orders together and tells the large ones. An order to which trades may still be added
 * is shown as far as it has come; it keeps its first id and so is never shown twice.
 */
final class LargeCalculator implements MetricCalculator {
  private static final String FORMAT = "large 2";
  private static final long NEVER = Long.MIN_VALUE;

  /** Of equal ones, the newest is the last. */
  private static final Comparator<LargeTrade> SMALLEST_FIRST =
      Comparator.comparingLong(LargeTrade::quantity).thenComparingLong(LargeTrade::firstId);

  private final Instrument instrument;
  private final LargeSettings settings;
  private final LargeNames names;
  private final Tiers tiers;
  private final boolean tiered;

  /** No sums but the ids: says where the window begins. */
  private final RunningSums ids;

  private final Parent parent;
  private final Judge judge;
  private final Recent recent;
  private final Peaks buyPeaks;
  private final Peaks sellPeaks;
  private long parentTime;
  private long buyAlertTime = NEVER;
  private long sellAlertTime = NEVER;

  LargeCalculator(Instrument instrument, LargeSettings settings) {
    this.instrument = instrument;
    this.settings = settings;
    names = new LargeNames(settings);
    tiers = new Tiers(settings.tiers(), instrument);
    tiered = settings.tiers().appliesTo(instrument);
    ids = new RunningSums(1, settings.recentMicros());
    parent = new Parent(settings.joinMicros());
    judge = new Judge(settings);
    recent = new Recent(settings.recentMicros());
    buyPeaks = new Peaks(instrument, settings.recentMicros());
    sellPeaks = new Peaks(instrument, settings.recentMicros());
  }

  @Override
  public List<MetricInfo> metrics() {
    return names.infos();
  }

  @Override
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
    ids.moveTo(id, timeMicros);
    if (parent.isContinuedBy(timeMicros, quantity, buy)) {
      parent.add(id, timeMicros, price, quantity);
    } else {
      finish();
      parent.begin(id, timeMicros, price, quantity, buy);
    }
    parentTime = ids.time();
  }

  /** What follows a gap may be of another order. */
  @Override
  public void gap(long firstId, long lastId) {
    finish();
  }

  @Override
  public void read(MetricReadout out) {
    long now = out.nowMicros();
    MetricBasis window = ids.window(now, settings.recentMicros()).basis();
    if (!ids.begun()) {
      names.infos().forEach(info -> out.absent(info.name(), "No trade yet", window));
      return;
    }
    peaks(true, now, window, out);
    peaks(false, now, window, out);
    if (!names.ofLarge().stream().anyMatch(out::wants)) {
      return;
    }
    List<LargeTrade> large = recent.asOf(now);
    LargeTrade growing = parent.isOpen() ? judged() : null;
    if (growing != null && growing.time() > now - settings.recentMicros()) {
      large.add(growing);
    }
    MetricBasis tierBasis = lacking(window, recent.lack(now));
    MetricBasis basis = lacking(tierBasis, judge.lack());
    if (out.wants(names.table)) {
      table(names.table, large, basis, out);
    }
    if (out.wants(names.top)) {
      table(names.top, largest(large), basis, out);
    }
    sums(large, basis, out);
    for (int tier = 0; tier < names.tiers.size(); tier++) {
      if (tiered) {
        LargeNames.Sums of = names.tiers.get(tier);
        if (of.names().stream().anyMatch(out::wants)) {
          sums(of, LargeSums.of(large, tier), tierBasis, out);
        }
      } else {
        String absence = settings.tiers().absence(instrument);
        names.tiers.get(tier).names().forEach(name -> out.absent(name, absence, tierBasis));
      }
    }
    alert(large, basis, out);
    thresholds(lacking(window, judge.lack()), out);
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    StateHeader.write(out, FORMAT, settings);
    ids.save(out);
    parent.save(out);
    judge.save(out);
    recent.save(out);
    buyPeaks.save(out);
    sellPeaks.save(out);
    out.writeLong(parentTime);
    out.writeLong(buyAlertTime);
    out.writeLong(sellAlertTime);
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    StateHeader.check(in, FORMAT, settings);
    ids.restore(in);
    parent.restore(in);
    judge.restore(in);
    recent.restore(in);
    buyPeaks.restore(in);
    sellPeaks.restore(in);
    parentTime = in.readLong();
    buyAlertTime = in.readLong();
    sellAlertTime = in.readLong();
  }

  private void finish() {
    if (!parent.isOpen()) {
      return;
    }
    (parent.isBuy() ? buyPeaks : sellPeaks).add(parent, parentTime);
    LargeTrade large = judged();
    if (large != null) {
      recent.add(large);
      if (large.alert() && large.buy()) {
        buyAlertTime = large.time();
      } else if (large.alert()) {
        sellAlertTime = large.time();
      }
    }
    judge.learn(parent.quantity());
    parent.close();
  }

  /** The order as it is by now, or null if it is not large. */
  private LargeTrade judged() {
    int tier = tiers.of(parent);
    int rules = judge.rules(parent.quantity(), tier);
    if (rules == 0) {
      return null;
    }
    long lastAlert = parent.isBuy() ? buyAlertTime : sellAlertTime;
    boolean alert = lastAlert == NEVER || parentTime - lastAlert >= settings.cooldownMicros();
    return parent.snapshot(parentTime, tier, rules, alert);
  }

  private void peaks(boolean buy, long now, MetricBasis window, MetricReadout out) {
    String name = buy ? names.buyPeaks : names.sellPeaks;
    if (out.wants(name)) {
      Peaks peaks = buy ? buyPeaks : sellPeaks;
      Parent growing = parent.isOpen() && parent.isBuy() == buy ? parent : null;
      out.rows(name, peaks.asOf(now, growing, parentTime), lacking(window, peaks.lack(now)));
    }
  }

  /** From the end on. */
  private void table(String name, List<LargeTrade> large, MetricBasis basis, MetricReadout out) {
    List<MetricRow> rows = new ArrayList<>();
    for (int i = large.size() - 1; i >= 0 && rows.size() < settings.rows(); i--) {
      rows.add(large.get(i).row(instrument, names.tierNames));
    }
    out.rows(name, rows, basis);
  }

  /** As many of the largest as are shown, the largest last. */
  private List<LargeTrade> largest(List<LargeTrade> large) {
    PriorityQueue<LargeTrade> kept = new PriorityQueue<>(SMALLEST_FIRST);
    for (LargeTrade trade : large) {
      if (kept.size() < settings.rows()) {
        kept.add(trade);
      } else if (SMALLEST_FIRST.compare(trade, kept.element()) > 0) {
        kept.remove();
        kept.add(trade);
      }
    }
    return kept.stream().sorted(SMALLEST_FIRST).toList();
  }

  private void sums(List<LargeTrade> large, MetricBasis basis, MetricReadout out) {
    if (out.wants(names.net) || names.all.names().stream().anyMatch(out::wants)) {
      LargeSums sums = LargeSums.of(large, Tiers.NONE);
      sums(names.all, sums, basis, out);
      out.number(names.net, volume(sums, true).subtract(volume(sums, false)), basis);
    }
  }

  private void sums(LargeNames.Sums of, LargeSums sums, MetricBasis basis, MetricReadout out) {
    out.number(of.buyCount(), sums.count(true), basis);
    out.number(of.sellCount(), sums.count(false), basis);
    out.number(of.buyVolume(), volume(sums, true), basis);
    out.number(of.sellVolume(), volume(sums, false), basis);
  }

  private static void alert(List<LargeTrade> large, MetricBasis basis, MetricReadout out) {
    for (int i = large.size() - 1; i >= 0; i--) {
      LargeTrade trade = large.get(i);
      if (trade.alert()) {
        out.word(LargeNames.ALERT, trade.side(), basis);
        out.number(LargeNames.ALERT_ID, BigDecimal.valueOf(trade.firstId()), basis);
        return;
      }
    }
    out.word(LargeNames.ALERT, "NONE", basis);
    out.absent(LargeNames.ALERT_ID, "No recent alert", basis);
  }

  private void thresholds(MetricBasis basis, MetricReadout out) {
    if (!judge.isReady()) {
      for (String name : List.of(LargeNames.QUANTILE, LargeNames.MEAN, LargeNames.ROBUST)) {
        out.absent(name, judge.lack(), basis);
      }
      return;
    }
    out.number(LargeNames.QUANTILE, instrument.quantity(judge.quantileThreshold()), basis);
    out.number(LargeNames.MEAN, decimal(judge.meanThreshold()), basis);
    out.number(LargeNames.ROBUST, decimal(judge.robustThreshold()), basis);
  }

  private BigDecimal decimal(double quantity) {
    return BigDecimal.valueOf(quantity).movePointLeft(instrument.quantityScale());
  }

  private BigDecimal volume(LargeSums sums, boolean buy) {
    return sums.volume(buy, instrument.quantityScale());
  }

  private static MetricBasis lacking(MetricBasis basis, String lack) {
    return lack.isEmpty() || !basis.lack().isEmpty()
        ? basis
        : new MetricBasis(basis.firstId(), basis.sinceMicros(), lack);
  }
}
