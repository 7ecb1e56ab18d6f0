package io.tapeflow.metrics.footprint;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
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

/** The imbalances of the last closed bar of one kind, and the zones of the last few. */
final class ImbalanceCalculator implements MetricCalculator {
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private final Instrument instrument;
  private final ImbalanceSettings settings;
  private final String scope;
  private final Diagonal diagonal;
  private final Footprints footprints;
  private final RowVolumes volumes;
  private final Zones zones;
  private final StackAbsorption absorption;
  private final List<MetricInfo> infos = new ArrayList<>();
  private BigDecimal least = BigDecimal.ZERO;
  private List<Imbalance> imbalances = List.of();

  ImbalanceCalculator(BarSpec spec, Instrument instrument, ImbalanceSettings settings) {
    this.instrument = instrument;
    this.settings = settings;
    scope = "." + spec.scope();
    diagonal = new Diagonal(settings.ratio(), settings.zeros(), instrument.quantityScale());
    int kept = Math.max(settings.percentileBars(), settings.zoneBars() + 1);
    footprints = new Footprints(spec, instrument, settings.rule(), kept, new Follower());
    volumes = new RowVolumes(settings.percentileBars());
    zones = new Zones(settings.stack(), settings.zoneBars());
    absorption = new StackAbsorption(instrument, settings);
    String of = " of the last closed bar of " + spec + ", " + settings.rule().words();
    announce(
        "diagonal",
        "rows",
        "Rows with a diagonal imbalance from a ratio of "
            + settings.ratio().toPlainString()
            + of
            + ", lowest first");
    announce("diagonal.buy", "count", "Rows with a buy imbalance" + of);
    announce("diagonal.sell", "count", "Rows with a sell imbalance" + of);
    announce("diagonal.least", "base", "Least volume of an imbalance: " + settings.volumeWords());
    announce(
        "stacked",
        "rows",
        "Zones of "
            + settings.stack()
            + " or more adjacent imbalances,"
            + " of the last "
            + settings.zoneBars()
            + " bars and the one before, newest first");
    announce("stacked.buy", "count", "Buy zones" + of);
    announce("stacked.sell", "count", "Sell zones" + of);
    announce("stacked.open.buy", "count", "Buy zones that no later trade was inside of");
    announce("stacked.open.sell", "count", "Sell zones that no later trade was inside of");
    announceAbsorption(of);
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
    if (earlier instanceof ImbalanceCalculator other) {
      footprints.replaces(other.footprints);
    }
  }

  @Override
  public void read(MetricReadout out) {
    Bars bars = footprints.bars();
    if (bars.size() == 0) {
      MetricBasis none = bars.closedBasis(out.nowMicros());
      infos.forEach(info -> out.absent(info.name(), Bars.NONE_CLOSED, none));
      return;
    }
    MetricBasis basis = closedBasis();
    out.rows("diagonal" + scope, imbalanceRows(), basis);
    count(
        out, "diagonal.buy", imbalances.stream().filter(i -> i.side() == Side.BUY).count(), basis);
    count(
        out,
        "diagonal.sell",
        imbalances.stream().filter(i -> i.side() == Side.SELL).count(),
        basis);
    out.number("diagonal.least" + scope, least, basis);
    MetricBasis zoneBasis = basis(settings.zoneBars() + 1);
    List<Zone> all = zones.all();
    out.rows("stacked" + scope, all.stream().map(this::row).toList(), zoneBasis);
    count(out, "stacked.buy", newest(all, Side.BUY), basis);
    count(out, "stacked.sell", newest(all, Side.SELL), basis);
    count(out, "stacked.open.buy", zones.unfilled(Side.BUY), zoneBasis);
    count(out, "stacked.open.sell", zones.unfilled(Side.SELL), zoneBasis);
    out.word("absorption.footprint" + scope, absorption.side(), basis);
    out.number("absorption.footprint.volume" + scope, absorption.volume(), basis);
    long now = out.nowMicros();
    out.rows("absorption.footprint.zones" + scope, absorption.rows(now), basis);
    out.number(
        "absorption.footprint.strength.bid" + scope, absorption.strongest(Side.SELL, now), basis);
    out.number(
        "absorption.footprint.strength.ask" + scope, absorption.strongest(Side.BUY, now), basis);
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    out.writeUTF(settings.toString());
    footprints.save(out);
    volumes.save(out);
    zones.save(out);
    absorption.save(out);
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    String saved = in.readUTF();
    if (!saved.equals(settings.toString())) {
      throw new IOException("The state was made with " + saved);
    }
    footprints.restore(in);
    volumes.restore(in);
    zones.restore(in);
    absorption.restore(in);
    find(footprints.closed());
    if (footprints.bars().size() > 0) {
      absorption.find(footprints.bars().closed(0), footprints.closed(), imbalances);
    }
  }

  private void announceAbsorption(String of) {
    announce(
        "absorption.footprint",
        "word",
        "The aggressor whose stack of at least "
            + settings.stack()
            + " imbalances and "
            + settings.absorptionVolume().toPlainString()
            + " base units at the extreme was absorbed, BUY, SELL, BOTH or NONE,"
            + of);
    announce("absorption.footprint.volume", "base", "Volume of the stacks absorbed" + of);
    String life = ", half-life " + settings.absorptionHalfLife() + " s";
    announce(
        "absorption.footprint.zones",
        "rows",
        "The " + settings.absorptionZones() + " newest zones of absorption, newest first" + life);
    announce(
        "absorption.footprint.strength.bid",
        "ratio",
        "Rows of the strongest zone that absorbed selling, faded" + life);
    announce(
        "absorption.footprint.strength.ask",
        "ratio",
        "Rows of the strongest zone that absorbed buying, faded" + life);
  }

  private void announce(String name, String unit, String description) {
    infos.add(new MetricInfo(name + scope, unit, description));
  }

  private void count(MetricReadout out, String name, long count, MetricBasis basis) {
    out.number(name + scope, BigDecimal.valueOf(count), basis);
  }

  private void find(Ladder footprint) {
    least =
        settings.minVolume() == null
            ? volumes.percentile(settings.percentile(), instrument.quantityScale())
            : settings.minVolume();
    imbalances = diagonal.find(footprint, least, least.divide(TWO));
  }

  private long newest(List<Zone> all, Side side) {
    long bar = footprints.bars().closedCount();
    return all.stream().filter(zone -> zone.bar == bar && zone.side == side).count();
  }

  /** What the imbalances of the last closed bar rest on. */
  private MetricBasis closedBasis() {
    return basis(settings.minVolume() == null ? settings.percentileBars() : 1);
  }

  /** What rests on so many bars. */
  private MetricBasis basis(int count) {
    Bars bars = footprints.bars();
    Bar oldest = bars.closed(Math.min(count, bars.size()) - 1);
    String lack =
        bars.size() < count
            ? "It has seen " + bars.size() + " of " + count + " bars"
            : oldest.basis().lack();
    return new MetricBasis(oldest.firstId(), oldest.openTime(), lack);
  }

  private List<MetricRow> imbalanceRows() {
    List<MetricRow> rows = new ArrayList<>();
    for (Imbalance imbalance : imbalances) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("price", instrument.price(footprints.closed().price(imbalance.row())));
      fields.put("side", imbalance.side().name());
      fields.put("volume", imbalance.volume());
      fields.put("against", imbalance.against());
      rows.add(new MetricRow(fields));
    }
    return rows;
  }

  private MetricRow row(Zone zone) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("side", zone.side.name());
    fields.put("low", instrument.price(zone.from));
    fields.put("high", instrument.price(zone.to - zone.rowSize));
    fields.put("row", instrument.price(zone.rowSize));
    fields.put("rows", BigDecimal.valueOf(zone.rows));
    fields.put("volume", zone.volume);
    fields.put("bar", BigDecimal.valueOf(zone.number));
    fields.put("age", BigDecimal.valueOf(footprints.bars().closedCount() - zone.bar));
    fields.put("state", zone.state().name());
    if (zone.state() != Zone.State.OPEN) {
      fields.put("touchedAt", BigDecimal.valueOf(zone.touchedAt()));
    }
    return new MetricRow(fields);
  }

  /** Finds the imbalances of each bar and follows the zones. */
  private final class Follower implements FootprintListener {
    @Override
    public void entered(long timeMicros, long price) {
      zones.trade(timeMicros, price);
      absorption.trade(timeMicros, price);
    }

    @Override
    public void closed(Bar bar, Ladder footprint) {
      volumes.add(footprint);
      find(footprint);
      zones.closed(footprints.bars().closedCount(), bar.number(), footprint, imbalances);
      boolean known = closedBasis().lack().isEmpty();
      absorption.closed(bar, footprint, imbalances, known);
    }
  }
}
