package io.tapeflow.metrics.absorption;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.impact.Fit;
import io.tapeflow.metrics.impact.Samples;
import io.tapeflow.metrics.window.StateHeader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Absorption by effort and result. At the end of each slot, the window of the last ten is judged:
 * if one side has traded unusually much of it, and the price has moved by far less than so much net
 * volume moves it otherwise, that side was absorbed.
 *
 * <p>What is usual is learnt from before the window, so that an absorption does not raise the bar
 * by which it is measured: the move per volume (Kyle's lambda) from the slots before it, and the
 * volume from the windows before it.
 */
final class EffortCalculator implements MetricCalculator {
  private static final String FORMAT = "absorption.trade 2";
  private static final String NONE = "NONE";

  // Columns of the slots' samples.
  private static final int CHANGE = 0;
  private static final int NET = 1;

  private final Instrument instrument;
  private final AbsorptionSettings settings;
  private final long slotMicros;
  private final double valueUnit;
  private final EffortWindow window = new EffortWindow();
  private final Samples moves;
  private final Samples volumes;
  private final AbsorptionZones zones;
  private final long[] quietUntil = new long[2];
  private final List<MetricInfo> metrics;
  private long time = Long.MIN_VALUE;
  private long firstId = -1;
  private long firstTime;
  private long slot;
  private long lastPrice;
  private long lastClose;
  private long lastSampled = Long.MIN_VALUE / 2;
  private double score = Double.NaN;
  private String side = NONE;
  private long judgedId = -1;
  private long judgedTime;

  EffortCalculator(Instrument instrument, AbsorptionSettings settings) {
    this.instrument = instrument;
    this.settings = settings;
    this.slotMicros = settings.windowSeconds() * 1_000_000L / EffortWindow.SLOTS;
    this.valueUnit = instrument.price(1).doubleValue() * instrument.quantity(1).doubleValue();
    // Those of the window itself are the newest ten, and are left out.
    this.moves = new Samples(3, settings.bars() + EffortWindow.SLOTS);
    this.volumes = new Samples(1, settings.windows());
    this.zones = new AbsorptionZones(settings.zones(), settings.halfLifeSeconds());
    this.metrics = announce(settings);
  }

  @Override
  public List<MetricInfo> metrics() {
    return metrics;
  }

  @Override
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
    time = Math.max(time, timeMicros);
    long now = Math.floorDiv(time, slotMicros);
    if (firstId < 0) {
      firstId = id;
      firstTime = time;
      slot = now;
    } else if (now > slot) {
      closeSlot();
      slot = now;
    }
    window.add(slot, id, price, quantity, valueUnit * price * quantity, buy);
    zones.trade(price, time);
    lastPrice = price;
  }

  @Override
  public void read(MetricReadout out) {
    if (firstId < 0) {
      MetricBasis none = new MetricBasis(-1, out.nowMicros(), "No trade yet");
      metrics.forEach(metric -> out.absent(metric.name(), "No trade yet", none));
      return;
    }
    long now = Math.max(time, out.nowMicros());
    String lack = lack();
    MetricBasis judged =
        judgedId < 0
            ? new MetricBasis(firstId, firstTime, lack)
            : new MetricBasis(judgedId, judgedTime, lack);
    if (Double.isFinite(score)) {
      out.number("absorption.trade.score", score, judged);
    } else {
      out.absent("absorption.trade.score", "Net volume has not moved the price with it", judged);
    }
    out.word("absorption.trade.side", side, judged);
    MetricBasis all = new MetricBasis(firstId, firstTime, lack);
    zones(out, now, all);
  }

  /** What takes time where there are many zones is done for who wants it. */
  private void zones(MetricReadout out, long now, MetricBasis all) {
    if (out.wants("absorption.trade.strength.bid")) {
      out.number("absorption.trade.strength.bid", zones.strongest(false, now), all);
    }
    if (out.wants("absorption.trade.strength.ask")) {
      out.number("absorption.trade.strength.ask", zones.strongest(true, now), all);
    }
    if (out.wants("absorption.trade.distance")) {
      distance(out, now, all);
    }
    if (out.wants("absorption.trade.zones")) {
      out.rows("absorption.trade.zones", zones.rows(instrument, now), all);
    }
  }

  private void distance(MetricReadout out, long now, MetricBasis all) {
    long distance = zones.distance(lastPrice, now);
    if (distance < 0) {
      out.absent("absorption.trade.distance", "There is no zone", all);
    } else {
      out.number("absorption.trade.distance", instrument.price(distance), all);
    }
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    StateHeader.write(out, FORMAT, settings);
    window.save(out);
    moves.save(out);
    volumes.save(out);
    zones.save(out);
    out.writeLong(quietUntil[0]);
    out.writeLong(quietUntil[1]);
    out.writeLong(time);
    out.writeLong(firstId);
    out.writeLong(firstTime);
    out.writeLong(slot);
    out.writeLong(lastPrice);
    out.writeLong(lastClose);
    out.writeLong(lastSampled);
    out.writeDouble(score);
    out.writeUTF(side);
    out.writeLong(judgedId);
    out.writeLong(judgedTime);
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    StateHeader.check(in, FORMAT, settings);
    window.restore(in);
    moves.restore(in);
    volumes.restore(in);
    zones.restore(in);
    quietUntil[0] = in.readLong();
    quietUntil[1] = in.readLong();
    time = in.readLong();
    firstId = in.readLong();
    firstTime = in.readLong();
    slot = in.readLong();
    lastPrice = in.readLong();
    lastClose = in.readLong();
    lastSampled = in.readLong();
    score = in.readDouble();
    side = in.readUTF();
    judgedId = in.readLong();
    judgedTime = in.readLong();
  }

  private void closeSlot() {
    EffortWindow.Slot closed = window.slot(slot);
    if (lastClose > 0) {
      moves.add((double) (closed.last() - lastClose), closed.net(), (double) slot);
    }
    lastClose = closed.last();
    EffortWindow.Slot total = window.total(slot);
    judge(total);
    if (slot - lastSampled >= EffortWindow.SLOTS) {
      volumes.add(total.volume());
      lastSampled = slot;
    }
  }

  private void judge(EffortWindow.Slot total) {
    double lambda = lambda();
    double expected = lambda * Math.abs(total.net());
    double move = total.move();
    double tick = instrument.priceTick();
    score = lambda > 0 ? expected / tick / Math.max(move / tick, 1) : Double.NaN;
    judgedId = total.firstId();
    judgedTime = (slot - EffortWindow.SLOTS + 1) * slotMicros;
    boolean absorbed =
        lack().isEmpty()
            && score >= settings.score()
            && total.effort() >= settings.share() * total.volume()
            && total.effort() >= Quantiles.of(volumes.column(0), settings.quantile())
            && total.value() >= settings.minValue()
            && (settings.mostTicks() == 0 || move <= settings.mostTicks() * tick)
            && (settings.zoneTicks() == 0
                || total.high() - total.low() <= settings.zoneTicks() * tick);
    side = absorbed ? word(total.isBought()) : NONE;
    int index = total.isBought() ? 0 : 1;
    if (absorbed && time >= quietUntil[index]) {
      quietUntil[index] = time + settings.cooldownMillis() * 1_000L;
      zones.found(
          total.isBought(),
          total.low(),
          total.high(),
          score,
          total.value(),
          total.firstId(),
          (slot + 1) * slotMicros);
    }
  }

  /** The move per net volume, in units, before the window; NaN if it is not known. */
  private double lambda() {
    double[] changes = moves.column(CHANGE);
    double[] nets = moves.column(NET);
    double[] numbers = moves.column(2);
    int before = 0;
    while (before < numbers.length && numbers[before] <= slot - EffortWindow.SLOTS) {
      before++;
    }
    return Fit.origin(nets, changes, before).slope();
  }

  private String lack() {
    int known = Math.max(0, moves.size() - EffortWindow.SLOTS);
    if (known < settings.bars()) {
      return known + " of " + settings.bars() + " slots for lambda";
    }
    return volumes.size() < settings.windows()
        ? volumes.size() + " of " + settings.windows() + " windows for the usual volume"
        : "";
  }

  private static String word(boolean bought) {
    return bought ? "BUY" : "SELL";
  }

  private static List<MetricInfo> announce(AbsorptionSettings settings) {
    String over = " over " + settings.windowSeconds() + " s, by trades alone.";
    return List.of(
        new MetricInfo(
            "absorption.trade.score",
            "ratio",
            "Move expected of the net volume through the move there was," + over),
        new MetricInfo(
            "absorption.trade.side",
            "word",
            "The aggressor that is being absorbed, BUY or SELL, or NONE," + over),
        new MetricInfo(
            "absorption.trade.strength.bid",
            "ratio",
            "Strength of the strongest zone that absorbed selling; 0 without one."),
        new MetricInfo(
            "absorption.trade.strength.ask",
            "ratio",
            "Strength of the strongest zone that absorbed buying; 0 without one."),
        new MetricInfo(
            "absorption.trade.distance",
            "price",
            "Distance of the last price from the nearest zone, 0 inside."),
        new MetricInfo(
            "absorption.trade.zones",
            "rows",
            "Zones, newest first: absorbed side, low, high, strength, value in quote units."));
  }
}
