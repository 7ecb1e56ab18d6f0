package io.tapeflow.metrics.footprint;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.bar.Bar;
import io.tapeflow.metrics.bar.BarSpec;
import io.tapeflow.metrics.bar.Bars;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The footprint of one kind of bars, its point of control, and those that are still naked. */
final class FootprintCalculator implements MetricCalculator {
  private static final String EMPTY = "Nothing was traded in the bar";

  private final Instrument instrument;
  private final String scope;
  private final int nakedBars;
  private final Footprints footprints;
  private final NakedPocs pocs;
  private final List<MetricInfo> infos = new ArrayList<>();
  private List<MetricRow> closedRows;

  FootprintCalculator(BarSpec spec, Instrument instrument, RowRule rule, int nakedBars) {
    this.instrument = instrument;
    this.nakedBars = nakedBars;
    scope = "." + spec.scope();
    footprints = new Footprints(spec, instrument, rule, nakedBars, new Follower());
    pocs = new NakedPocs(nakedBars);
    announce(scope, "of the last closed bar of " + spec + ", " + rule.words());
    announce(".forming" + scope, "of the forming bar of " + spec + ", " + rule.words());
    infos.add(new MetricInfo("footprint.number" + scope, "count", "Number of that closed bar"));
    infos.add(new MetricInfo("footprint.version" + scope, "count", "Version of that closed bar"));
    infos.add(
        new MetricInfo(
            "poc.naked" + scope,
            "rows",
            "Points of control of the last "
                + nakedBars
                + " bars that no later trade has gone through, newest first"));
  }

  @Override
  public List<MetricInfo> metrics() {
    return infos;
  }

  @Override
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
    footprints.trade(id, timeMicros, price, quantity, buy, fills);
  }

  @Override
  public void gap(long firstId, long lastId) {
    footprints.gap(firstId, lastId);
  }

  @Override
  public void replaces(MetricCalculator earlier) {
    if (earlier instanceof FootprintCalculator other) {
      footprints.replaces(other.footprints);
    }
  }

  @Override
  public void read(MetricReadout out) {
    Bars bars = footprints.bars();
    MetricBasis closed = bars.closedBasis(out.nowMicros());
    if (bars.size() == 0) {
      absent(out, scope, Bars.NONE_CLOSED, closed);
      for (String name : List.of("footprint.number", "footprint.version", "poc.naked")) {
        out.absent(name + scope, Bars.NONE_CLOSED, closed);
      }
    } else {
      if (closedRows == null) {
        closedRows = rows(footprints.closed());
      }
      put(out, footprints.closed(), closedRows, scope, closed);
      Bar bar = bars.closed(0);
      out.number("footprint.number" + scope, BigDecimal.valueOf(bar.number()), closed);
      out.number("footprint.version" + scope, BigDecimal.valueOf(bar.version()), closed);
      out.rows("poc.naked" + scope, naked(), nakedBasis(bars));
    }
    MetricBasis forming = bars.formingBasis(out.nowMicros());
    if (bars.isForming()) {
      put(out, footprints.forming(), rows(footprints.forming()), ".forming" + scope, forming);
    } else {
      absent(out, ".forming" + scope, Bars.NONE_FORMS, forming);
    }
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    footprints.save(out);
    pocs.save(out);
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    footprints.restore(in);
    pocs.restore(in);
  }

  private void announce(String suffix, String of) {
    infos.add(
        new MetricInfo("footprint" + suffix, "rows", "Volume by price " + of + ", highest first"));
    infos.add(new MetricInfo("footprint.row" + suffix, "price", "Size of a row " + of));
    infos.add(
        new MetricInfo(
            "poc" + suffix,
            "price",
            "Start of the row of the greatest volume, lowest of several, " + of));
    infos.add(new MetricInfo("poc.volume" + suffix, "base", "Volume of that row " + of));
  }

  private static void absent(MetricReadout out, String suffix, String reason, MetricBasis basis) {
    for (String name : List.of("footprint", "footprint.row", "poc", "poc.volume")) {
      out.absent(name + suffix, reason, basis);
    }
  }

  private void put(
      MetricReadout out, Ladder ladder, List<MetricRow> rows, String suffix, MetricBasis basis) {
    if (ladder.isEmpty()) {
      absent(out, suffix, EMPTY, basis);
      return;
    }
    int poc = ladder.poc();
    out.rows("footprint" + suffix, rows, basis);
    out.number("footprint.row" + suffix, instrument.price(ladder.rowSize()), basis);
    out.number("poc" + suffix, instrument.price(ladder.price(poc)), basis);
    out.number("poc.volume" + suffix, ladder.volume(poc, instrument.quantityScale()), basis);
  }

  private List<MetricRow> rows(Ladder ladder) {
    int scale = instrument.quantityScale();
    List<MetricRow> rows = new ArrayList<>();
    for (int index = ladder.size() - 1; index >= 0; index--) {
      if (ladder.isPrinted(index)) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("price", instrument.price(ladder.price(index)));
        fields.put("sell", ladder.sell(index, scale));
        fields.put("buy", ladder.buy(index, scale));
        fields.put("sellTrades", BigDecimal.valueOf(ladder.sellTrades(index)));
        fields.put("buyTrades", BigDecimal.valueOf(ladder.buyTrades(index)));
        fields.put("maxTrade", instrument.quantity(ladder.maxTrade(index)));
        rows.add(new MetricRow(fields));
      }
    }
    return rows;
  }

  private List<MetricRow> naked() {
    List<MetricRow> rows = new ArrayList<>();
    for (NakedPocs.Poc poc : pocs.naked()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("bar", BigDecimal.valueOf(poc.number()));
      fields.put("price", instrument.price(poc.price()));
      fields.put("row", instrument.price(poc.rowSize()));
      rows.add(new MetricRow(fields));
    }
    return rows;
  }

  private MetricBasis nakedBasis(Bars bars) {
    Bar oldest = bars.closed(bars.size() - 1);
    String lack =
        bars.size() < nakedBars
            ? "It has seen " + bars.size() + " of " + nakedBars + " bars"
            : oldest.basis().lack();
    return new MetricBasis(oldest.firstId(), oldest.openTime(), lack);
  }

  /** Follows the points of control of closed bars. */
  private final class Follower implements FootprintListener {
    @Override
    public void entered(long timeMicros, long price) {
      pocs.trade(price);
    }

    @Override
    public void closed(Bar bar, Ladder footprint) {
      closedRows = null;
      if (!footprint.isEmpty()) {
        long price = footprint.price(footprint.poc());
        pocs.add(
            new NakedPocs.Poc(
                bar.number(), price, footprint.rowSize(), bar.firstId(), bar.openTime()));
      }
    }
  }
}
