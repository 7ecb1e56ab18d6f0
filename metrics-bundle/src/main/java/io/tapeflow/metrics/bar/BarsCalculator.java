package io.tapeflow.metrics.bar;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.trade.Instrument;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The metrics of one kind of bars: of the last closed bar, of the forming one, and a table. */
final class BarsCalculator implements MetricCalculator {
  private final Instrument instrument;
  private final int rows;
  private final String scope;
  private final Bars bars;
  private final List<Column> columns;
  private final List<String> closedNames;
  private final List<String> formingNames;
  private final List<MetricInfo> infos = new ArrayList<>();

  BarsCalculator(BarSpec spec, Instrument instrument, int rows, DeltaStrength strength) {
    this.instrument = instrument;
    this.rows = rows;
    scope = "." + spec.scope();
    bars = new Bars(spec, instrument, rows, bar -> {});
    columns = columns(strength);
    for (Column column : columns) {
      infos.add(column.info(scope, "of the last closed bar of " + spec));
    }
    infos.add(
        new MetricInfo(
            "bars" + scope,
            "rows",
            "The last " + rows + " closed bars of " + spec + ", newest first"));
    closedNames = columns.stream().map(column -> column.name + scope).toList();
    formingNames = columns.stream().map(column -> column.name + ".forming" + scope).toList();
    for (Column column : columns) {
      infos.add(column.info(".forming" + scope, "of the forming bar of " + spec + " so far"));
    }
  }

  @Override
  public List<MetricInfo> metrics() {
    return infos;
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
  public void replaces(MetricCalculator earlier) {
    if (earlier instanceof BarsCalculator other) {
      bars.replaces(other.bars);
    }
  }

  @Override
  public void read(MetricReadout out) {
    MetricBasis basis = bars.closedBasis(out.nowMicros());
    if (bars.size() == 0) {
      closedNames.forEach(name -> out.absent(name, Bars.NONE_CLOSED, basis));
      out.absent("bars" + scope, Bars.NONE_CLOSED, basis);
    } else {
      give(bars.closed(0), closedNames, basis, out);
      if (out.wants("bars" + scope)) {
        out.rows("bars" + scope, table(), tableBasis());
      }
    }
    MetricBasis formingBasis = bars.formingBasis(out.nowMicros());
    Bar forming = bars.forming();
    if (forming == null) {
      formingNames.forEach(name -> out.absent(name, Bars.NONE_FORMS, formingBasis));
    } else {
      give(forming, formingNames, formingBasis, out);
    }
  }

  /** Gives what is wanted of a bar, under names in the order of the columns. */
  private void give(Bar bar, List<String> names, MetricBasis basis, MetricReadout out) {
    for (int i = 0; i < names.size(); i++) {
      if (out.wants(names.get(i))) {
        columns.get(i).put(bar, names.get(i), basis, out);
      }
    }
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    bars.save(out);
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    bars.restore(in);
  }

  private List<MetricRow> table() {
    List<MetricRow> table = new ArrayList<>();
    for (int back = 0; back < Math.min(rows, bars.size()); back++) {
      Map<String, Object> fields = new LinkedHashMap<>();
      for (Column column : columns) {
        Object value = column.formula.apply(bars.closed(back));
        if (value != null) {
          fields.put(column.name, value);
        }
      }
      table.add(new MetricRow(fields));
    }
    return table;
  }

  private MetricBasis tableBasis() {
    Bar oldest = bars.closed(bars.size() - 1);
    String lack =
        bars.size() < rows
            ? "It has " + bars.size() + " of " + rows + " bars"
            : oldest.basis().lack();
    return new MetricBasis(oldest.firstId(), oldest.openTime(), lack);
  }

  private List<Column> columns(DeltaStrength strength) {
    return List.of(
        column("bar.number", "count", "Number", bar -> whole(bar.number())),
        column("bar.version", "count", "Version", bar -> whole(bar.version())),
        column("bar.start", "us", "Start, microseconds since the epoch,", b -> whole(b.openTime())),
        column("bar.end", "us", "End, microseconds since the epoch,", b -> whole(b.closeTime())),
        column("open", "price", "First price", bar -> instrument.price(bar.open())),
        column("high", "price", "Highest price", bar -> instrument.price(bar.high())),
        column("low", "price", "Lowest price", bar -> instrument.price(bar.low())),
        column("close", "price", "Last price", bar -> instrument.price(bar.close())),
        column("volume", "base", "Volume", Bar::volume),
        column("volume.buy", "base", "Bought volume", Bar::buyVolume),
        column("volume.sell", "base", "Sold volume", Bar::sellVolume),
        column("value", "quote", "Sum of price x quantity", Bar::value),
        column("delta", "base", "Bought less sold volume", Bar::delta),
        column("delta.max", "base", "Greatest running delta, 0 included,", Bar::maxDelta),
        column("delta.min", "base", "Least running delta, 0 included,", Bar::minDelta),
        column("delta.percent", "percent", "Delta in percent of volume", Bar::deltaPercent),
        column(
            "delta.strength",
            "word",
            "BUY or SELL if delta is "
                + strength.least()
                + " to "
                + strength.most()
                + " % of its extreme, else NONE,",
            strength::side),
        column(
            "delta.strength.percent",
            "percent",
            "Delta in percent of its extreme",
            strength::percent),
        column("trades", "trades", "Aggregate trades", bar -> whole(bar.trades())),
        column("trades.buy", "trades", "Bought aggregate trades", b -> whole(b.buyTrades())),
        column("trades.sell", "trades", "Sold aggregate trades", b -> whole(b.sellTrades())),
        column("fills", "count", "Single fills", bar -> whole(bar.fills())),
        column("missing", "count", "Missing ids in it or at its edges", b -> whole(b.missing())));
  }

  private static Column column(
      String name, String unit, String description, Function<Bar, Object> formula) {
    return new Column(name, unit, description, formula);
  }

  private static BigDecimal whole(long number) {
    return BigDecimal.valueOf(number);
  }

  /** One metric of a bar, and the field of the same name in the table. */
  private record Column(
      String name, String unit, String description, Function<Bar, Object> formula) {
    MetricInfo info(String suffix, String of) {
      return new MetricInfo(name + suffix, unit, description + " " + of);
    }

    void put(Bar bar, String metric, MetricBasis basis, MetricReadout out) {
      Object value = formula.apply(bar);
      if (value instanceof BigDecimal number) {
        out.number(metric, number, basis);
      } else if (value instanceof String word) {
        out.word(metric, word, basis);
      } else {
        out.absent(metric, "Its delta has no extreme on its side", basis);
      }
    }
  }
}
