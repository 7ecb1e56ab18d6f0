package io.tapeflow.metrics.hawkes;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Intensities of buying and selling of one instrument. For each half-life: λ = μ + Σ αe^(-β(t -
 * t_i)), where β is ln 2 through the half-life, α is β times the branching ratio, and μ is the rest
 * of the slowly moving rate, (1 - branching ratio) times it. So the mean of λ is the rate, whatever
 * the half-life.
 */
final class HawkesCalculator implements MetricCalculator {
  private static final int FORMAT = 1;

  /**
   * Half-lives after which what came before the first trade no longer counts: 2^-5 is 3 percent.
   */
  private static final int WARM = 5;

  private final HawkesSettings settings;
  private final int scales;
  private final Excitation[] buys;
  private final Excitation[] sells;
  private final List<MetricInfo> metrics;
  private long time = Long.MIN_VALUE;
  private long firstId = -1;
  private long firstTime;

  HawkesCalculator(HawkesSettings settings, List<Decay> decays) {
    this.settings = settings;
    this.scales = settings.halfLives().size();
    this.buys = excitations(settings, decays);
    this.sells = excitations(settings, decays);
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
    for (Excitation excitation : buy ? buys : sells) {
      excitation.event(time);
    }
  }

  @Override
  public void read(MetricReadout out) {
    for (int i = 0; i < scales; i++) {
      String label = settings.label(i);
      MetricBasis basis = basis(out, i);
      if (firstId < 0) {
        for (String side : List.of("buy.", "sell.", "skew.")) {
          out.absent("hawkes." + side + label, "No trade yet", basis);
        }
        continue;
      }
      long now = Math.max(time, out.nowMicros());
      double buy = intensity(buys, i, now);
      double sell = intensity(sells, i, now);
      out.number("hawkes.buy." + label, buy, basis);
      out.number("hawkes.sell." + label, sell, basis);
      if (buy + sell > 0) {
        out.number("hawkes.skew." + label, (buy - sell) / (buy + sell), basis);
      } else {
        out.absent("hawkes.skew." + label, "Both intensities have faded to nothing", basis);
      }
    }
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    out.writeInt(FORMAT);
    out.writeUTF(settings.toString());
    out.writeLong(time);
    out.writeLong(firstId);
    out.writeLong(firstTime);
    for (int i = 0; i <= scales; i++) {
      out.writeDouble(buys[i].value);
      out.writeLong(buys[i].time);
      out.writeDouble(sells[i].value);
      out.writeLong(sells[i].time);
    }
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
    for (int i = 0; i <= scales; i++) {
      buys[i].value = in.readDouble();
      buys[i].time = in.readLong();
      sells[i].value = in.readDouble();
      sells[i].time = in.readLong();
    }
  }

  private double intensity(Excitation[] side, int scale, long now) {
    return (1 - settings.branching()) * side[scales].at(now) + side[scale].at(now);
  }

  /** The base rate is the slowest to warm up, unless everything is excitement. */
  private MetricBasis basis(MetricReadout out, int scale) {
    if (firstId < 0) {
      return new MetricBasis(-1, out.nowMicros(), "No trade yet");
    }
    double slowest = Math.max(settings.baseSeconds(), settings.halfLives().get(scale) / 1_000.0);
    long needed = (long) (WARM * slowest * 1e6);
    long covered = out.nowMicros() - firstTime;
    String lack =
        covered >= needed
            ? ""
            : "Covers " + covered / 1_000_000 + " of " + needed / 1_000_000 + " s";
    return new MetricBasis(firstId, Math.max(firstTime, out.nowMicros() - needed), lack);
  }

  private static Excitation[] excitations(HawkesSettings settings, List<Decay> decays) {
    Excitation[] excitations = new Excitation[decays.size()];
    for (int i = 0; i < excitations.length; i++) {
      boolean base = i == settings.halfLives().size();
      double mass = base ? 1 : settings.branching();
      excitations[i] = new Excitation(mass * settings.beta(i), decays.get(i));
    }
    return excitations;
  }

  private static List<MetricInfo> announce(HawkesSettings settings) {
    List<MetricInfo> metrics = new ArrayList<>();
    for (int i = 0; i < settings.halfLives().size(); i++) {
      String label = settings.label(i);
      String words =
          " with a half-life of "
              + label
              + " and a branching ratio of "
              + settings.branching()
              + ".";
      metrics.add(new MetricInfo("hawkes.buy." + label, "1/s", "Intensity of buying" + words));
      metrics.add(new MetricInfo("hawkes.sell." + label, "1/s", "Intensity of selling" + words));
      metrics.add(
          new MetricInfo(
              "hawkes.skew." + label,
              "ratio",
              "Intensity of buying less that of selling, through their sum," + words));
    }
    return List.copyOf(metrics);
  }
}
