package io.tapeflow.metrics.footprint;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.bar.Bar;
import io.tapeflow.metrics.bar.BarListener;
import io.tapeflow.metrics.bar.BarSpec;
import io.tapeflow.metrics.bar.Bars;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** How the last closed bar of one kind ended at its high and at its low. */
final class AuctionCalculator implements MetricCalculator {
  private final Instrument instrument;
  private final AuctionSettings settings;
  private final String scope;
  private final Bars bars;
  private final List<MetricInfo> infos = new ArrayList<>();
  private Extremes forming = new Extremes();
  private Extremes closed = new Extremes();

  AuctionCalculator(BarSpec spec, Instrument instrument, AuctionSettings settings) {
    this.instrument = instrument;
    this.settings = settings;
    scope = "." + spec.scope();
    bars = new Bars(spec, instrument, 1, new Follower());
    String of = " of the last closed bar of " + spec + ", " + settings.rule().words();
    announce(
        "auction.high",
        "word",
        "UNFINISHED if in the highest row more than "
            + settings.filterHigh().toPlainString()
            + " was bought and some sold, else FINISHED,"
            + of);
    announce(
        "auction.low",
        "word",
        "UNFINISHED if in the lowest row more than "
            + settings.filterLow().toPlainString()
            + " was sold and some bought, else FINISHED,"
            + of);
    announce("auction.ratio.high", "ratio", "Bought one row below the high / at the high" + of);
    announce("auction.ratio.low", "ratio", "Sold one row above the low / at the low" + of);
    String kinds =
        " is LOW up to "
            + settings.lowRatio().toPlainString()
            + ", NEUTRAL up to "
            + settings.neutralRatio().toPlainString()
            + ", else HIGH,";
    announce("auction.ratio.high.kind", "word", "The ratio at the high" + kinds + of);
    announce("auction.ratio.low.kind", "word", "The ratio at the low" + kinds + of);
    announce("auction.row", "price", "Size of a row" + of);
    announce("auction.precision", "word", "EXACT if a row is one tick, else APPROXIMATE," + of);
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
    if (earlier instanceof AuctionCalculator other) {
      bars.replaces(other.bars);
    }
  }

  @Override
  public void read(MetricReadout out) {
    MetricBasis basis = bars.closedBasis(out.nowMicros());
    if (closed.isEmpty()) {
      String reason = bars.size() == 0 ? Bars.NONE_CLOSED : "Nothing was traded in the bar";
      infos.forEach(info -> out.absent(info.name(), reason, basis));
      return;
    }
    int scale = instrument.quantityScale();
    BigDecimal highBuy = closed.buy(Extremes.Row.HIGH, scale);
    BigDecimal highSell = closed.sell(Extremes.Row.HIGH, scale);
    BigDecimal lowBuy = closed.buy(Extremes.Row.LOW, scale);
    BigDecimal lowSell = closed.sell(Extremes.Row.LOW, scale);
    boolean highOpen = highBuy.compareTo(settings.filterHigh()) > 0 && highSell.signum() > 0;
    boolean lowOpen = lowSell.compareTo(settings.filterLow()) > 0 && lowBuy.signum() > 0;
    out.word("auction.high" + scope, highOpen ? "UNFINISHED" : "FINISHED", basis);
    out.word("auction.low" + scope, lowOpen ? "UNFINISHED" : "FINISHED", basis);
    BigDecimal belowHigh = closed.buy(Extremes.Row.BELOW_HIGH, scale);
    BigDecimal aboveLow = closed.sell(Extremes.Row.ABOVE_LOW, scale);
    ratio(out, "auction.ratio.high", belowHigh, highBuy, "Nothing was bought at the high", basis);
    ratio(out, "auction.ratio.low", aboveLow, lowSell, "Nothing was sold at the low", basis);
    out.number("auction.row" + scope, instrument.price(closed.rowSize()), basis);
    boolean exact = closed.rowSize() == instrument.priceTick();
    out.word("auction.precision" + scope, exact ? "EXACT" : "APPROXIMATE", basis);
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    out.writeInt(settings.rule().ticks());
    bars.save(out);
    forming.save(out);
    closed.save(out);
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    int ticks = in.readInt();
    if (ticks != settings.rule().ticks()) {
      throw new IOException("The state has " + new RowRule(ticks).words());
    }
    bars.restore(in);
    forming.restore(in);
    closed.restore(in);
  }

  private void announce(String name, String unit, String description) {
    infos.add(new MetricInfo(name + scope, unit, description));
  }

  private void ratio(
      MetricReadout out,
      String name,
      BigDecimal next,
      BigDecimal extreme,
      String absence,
      MetricBasis basis) {
    if (extreme.signum() == 0) {
      out.absent(name + scope, absence, basis);
      out.absent(name + ".kind" + scope, absence, basis);
      return;
    }
    BigDecimal ratio = next.divide(extreme, MathContext.DECIMAL64);
    out.number(name + scope, ratio, basis);
    out.word(name + ".kind" + scope, settings.kind(ratio), basis);
  }

  /** Fills the extremes along with the bar. */
  private final class Follower implements BarListener {
    @Override
    public void entered(long timeMicros, long price, long quantity, boolean buy, boolean first) {
      if (forming.isEmpty()) {
        forming.begin(settings.rule().size(instrument, price), price);
      }
      forming.add(price, quantity, buy);
    }

    @Override
    public void closed(Bar bar) {
      Extremes full = forming;
      forming = closed;
      closed = full;
      forming.clear();
    }
  }
}
