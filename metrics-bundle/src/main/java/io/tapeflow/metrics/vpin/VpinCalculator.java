package io.tapeflow.metrics.vpin;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.metrics.Provenance;
import io.tapeflow.api.trade.Instrument;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** VPIN of one instrument, by the venue's own sides and by estimated ones. */
final class VpinCalculator implements MetricCalculator {
  private static final int FORMAT = 3;
  private static final int ROWS = 10;

  private final Instrument instrument;
  private final VpinSettings settings;
  private final BigInteger fixedSize;
  private final DayVolume day = new DayVolume();
  private final Buckets exact;
  private final Buckets estimated;
  private final Buckets ticked;
  private final TickRule tickRule = new TickRule();
  private final boolean hasTicked;
  private final BulkVolume bulk;
  private final List<MetricInfo> metrics;
  private long time = Long.MIN_VALUE;
  private long firstId = -1;
  private long firstTime;

  VpinCalculator(Instrument instrument, VpinSettings settings) {
    this.instrument = instrument;
    this.settings = settings;
    this.fixedSize = fixedSize(instrument, settings.bucketVolume());
    this.exact = new Buckets(this::bucketSize, settings.buckets(), settings.ranked());
    this.estimated = new Buckets(this::bucketSize, settings.buckets(), settings.ranked());
    this.ticked = new Buckets(this::bucketSize, settings.buckets(), settings.ranked());
    this.hasTicked = settings.tickRule() == VpinSettings.Switch.ON;
    this.bulk = new BulkVolume(settings.barSeconds(), settings.sigmaBars(), estimated);
    this.metrics = announce(settings);
  }

  @Override
  public List<MetricInfo> metrics() {
    return metrics;
  }

  @Override
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
    if (firstId < 0) {
      firstId = id;
      firstTime = timeMicros;
    }
    time = Math.max(time, timeMicros);
    day.add(time, quantity);
    int sign = hasTicked ? tickRule.sign(price) : 0;
    if (isSized()) {
      if (hasTicked) {
        ticked.pour(id, time, quantity, sign);
      }
      exact.pour(id, time, quantity, buy ? 1 : -1);
      bulk.trade(id, time, price, quantity);
    }
  }

  @Override
  public void gap(long firstId, long lastId) {
    exact.miss(firstId, lastId - firstId + 1);
    bulk.gap(firstId, lastId - firstId + 1);
    ticked.miss(firstId, lastId - firstId + 1);
    tickRule.interrupt();
  }

  @Override
  public void read(MetricReadout out) {
    readSize(out);
    read(out, "vpin.exact", exact, "");
    int changes = bulk.changes();
    boolean enough = changes >= settings.sigmaBars();
    read(
        out,
        "vpin.bvc",
        estimated,
        enough ? "" : changes + " of " + settings.sigmaBars() + " price changes");
    if (hasTicked) {
      read(out, "vpin.tick", ticked, "");
    }
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    out.writeInt(FORMAT);
    out.writeUTF(settings.toString());
    out.writeLong(time);
    out.writeLong(firstId);
    out.writeLong(firstTime);
    day.save(out);
    exact.save(out);
    estimated.save(out);
    bulk.save(out);
    ticked.save(out);
    tickRule.save(out);
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    if (in.readInt() != FORMAT || !in.readUTF().equals(settings.toString())) {
      throw new IOException("The state is of another version or of other settings");
    }
    time = in.readLong();
    firstId = in.readLong();
    firstTime = in.readLong();
    day.restore(in);
    exact.restore(in);
    estimated.restore(in);
    bulk.restore(in);
    ticked.restore(in);
    tickRule.restore(in);
  }

  private void readSize(MetricReadout out) {
    MetricBasis basis = basis(out, firstId, firstTime, sizeLack());
    if (isSized()) {
      BigDecimal volume = new BigDecimal(bucketSize(), instrument.quantityScale());
      out.number("vpin.bucket.volume", volume, basis);
    } else {
      out.absent("vpin.bucket.volume", sizeLack(), basis);
    }
  }

  private void read(MetricReadout out, String name, Buckets buckets, String otherLack) {
    long next = firstId;
    MetricBasis forming = basis(out, buckets.formingId(next), firstTime, sizeLack());
    if (isSized()) {
      out.number(name + ".fill", buckets.percent(), forming);
    } else {
      out.absent(name + ".fill", sizeLack(), forming);
    }
    String lack = lack(buckets, otherLack);
    MetricBasis basis = basis(out, buckets.oldestId(firstId), buckets.oldestTime(firstTime), lack);
    if (buckets.size() == 0) {
      for (String part : List.of("", ".signed", ".rank", ".duration", ".incomplete")) {
        out.absent(name + part, "No bucket has been filled", basis);
      }
    } else {
      out.number(name, buckets.vpin(), basis);
      out.number(name + ".signed", buckets.signed(), basis);
      readRank(out, name + ".rank", buckets, basis);
      out.number(
          name + ".duration",
          BigDecimal.valueOf(buckets.newestDuration(), 6),
          MetricBasis.whole(buckets.newestId(), buckets.newestTime()));
      out.number(name + ".incomplete", BigDecimal.valueOf(buckets.holed()), basis);
    }
    out.rows(name + ".buckets", buckets.rows(ROWS, instrument), basis);
  }

  private void readRank(MetricReadout out, String name, Buckets buckets, MetricBasis basis) {
    int ranked = buckets.ranked();
    String lack = ranked < settings.ranked() ? ranked + " of " + settings.ranked() + " values" : "";
    MetricBasis own = new MetricBasis(basis.firstId(), basis.sinceMicros(), lack);
    if (ranked == 0) {
      out.absent(name, "There is no value of VPIN yet", own);
    } else {
      out.number(name, buckets.rank(), own);
    }
  }

  private MetricBasis basis(MetricReadout out, long first, long since, String lack) {
    return firstId < 0
        ? new MetricBasis(-1, out.nowMicros(), "No trade yet")
        : new MetricBasis(first, since, lack);
  }

  private String lack(Buckets buckets, String otherLack) {
    if (buckets.size() < settings.buckets()) {
      return buckets.size() + " of " + settings.buckets() + " buckets";
    }
    return otherLack.isEmpty() ? sizeLack() : otherLack;
  }

  private boolean isSized() {
    return fixedSize.signum() > 0 || day.known(time) >= DayVolume.LEAST;
  }

  /** Why the size of a bucket is not what it will be; empty if it is. */
  private String sizeLack() {
    long known = firstId < 0 ? 0 : day.known(time);
    if (fixedSize.signum() > 0 || known == DayVolume.DAY) {
      return "";
    }
    BigDecimal hours =
        BigDecimal.valueOf(known)
            .divide(BigDecimal.valueOf(TimeUnit.HOURS.toMicros(1)), 2, RoundingMode.DOWN);
    return "The bucket volume rests on " + hours.toPlainString() + " of 24 h";
  }

  private BigInteger bucketSize() {
    if (fixedSize.signum() > 0) {
      return fixedSize;
    }
    BigDecimal size = new BigDecimal(day.volume(time) / settings.bucketsPerDay());
    return size.toBigInteger().max(BigInteger.ONE);
  }

  /** In the instrument's units; 0 for none; never less than the smallest quantity. */
  private static BigInteger fixedSize(Instrument instrument, BigDecimal volume) {
    if (volume.signum() == 0) {
      return BigInteger.ZERO;
    }
    BigDecimal units = volume.movePointRight(instrument.quantityScale());
    return units.max(BigDecimal.ONE).setScale(0, RoundingMode.HALF_UP).toBigIntegerExact();
  }

  private static List<MetricInfo> announce(VpinSettings settings) {
    List<MetricInfo> metrics = new ArrayList<>();
    String source =
        settings.bucketVolume().signum() == 0
            ? "the volume of the trailing 24 h / " + settings.bucketsPerDay()
            : "as configured";
    metrics.add(
        new MetricInfo("vpin.bucket.volume", "base", "Volume of a bucket: " + source + "."));
    announce(metrics, "vpin.exact", "the venue's sides", settings, Provenance.AGGRESSOR_EXACT);
    String bulk = "bulk-volume classification of " + settings.barSeconds() + " s bars";
    announce(metrics, "vpin.bvc", bulk, settings, Provenance.ESTIMATED_BVC);
    if (settings.tickRule() == VpinSettings.Switch.ON) {
      String ticks = "the sign of the last change of price";
      announce(metrics, "vpin.tick", ticks, settings, Provenance.ESTIMATED_TICK_RULE);
    }
    return List.copyOf(metrics);
  }

  private static void announce(
      List<MetricInfo> metrics,
      String name,
      String sides,
      VpinSettings settings,
      Provenance provenance) {
    String over = " over the last " + settings.buckets() + " buckets, by " + sides + ".";
    add(metrics, name + ".fill", "percent", "Fill of the bucket that forms.", provenance);
    add(metrics, name, "ratio", "Mean imbalance, 0 to 1," + over, provenance);
    add(metrics, name + ".signed", "ratio", "Mean signed imbalance, -1 to 1," + over, provenance);
    String rank = "Share of the last " + settings.ranked() + " values that are not above this one.";
    add(metrics, name + ".rank", "ratio", rank, provenance);
    add(metrics, name + ".duration", "s", "Time in which the last bucket was filled.", provenance);
    add(metrics, name + ".incomplete", "buckets", "Buckets with missing ids" + over, provenance);
    add(
        metrics,
        name + ".buckets",
        "rows",
        "The last " + ROWS + " buckets, newest first.",
        provenance);
  }

  private static void add(
      List<MetricInfo> metrics, String name, String unit, String words, Provenance provenance) {
    metrics.add(new MetricInfo(name, unit, words, provenance));
  }
}
