package io.tapeflow.metrics.impact;

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
import java.util.List;

/** Price impact of one instrument, over its latest bars in which something was traded. */
final class ImpactCalculator implements MetricCalculator, BarListener {
  private static final int FORMAT = 2;

  // Columns of the samples.
  private static final int CHANGE = 0;
  private static final int NET_VOLUME = 1;
  private static final int RETURN = 2;
  private static final int ROOT_VALUE = 3;
  private static final int VALUE = 4;
  // As doubles: exact up to 2^53, which microseconds reach in the year 2255.
  private static final int FIRST_ID = 5;
  private static final int OPEN_TIME = 6;
  private static final int HIGH = 7;
  private static final int LOW = 8;
  private static final int COLUMNS = 9;

  private static final String ONE_SIDE =
      "Bought and sold volume are equal in each bar, so there is nothing to regress on";
  private static final String NO_SPREAD = "All bars have the same net volume";
  private static final String NO_ERROR = "The points lie on the line, or are too few";

  private final double priceUnit;
  private final double quantityUnit;
  private final int most;
  private final Bars bars;
  private final Samples samples;
  private final List<MetricInfo> metrics;
  private double rootValue;
  private long closePrice;

  ImpactCalculator(Instrument instrument, BarSpec bar, int most) {
    this.priceUnit = instrument.price(1).doubleValue();
    this.quantityUnit = instrument.quantity(1).doubleValue();
    this.most = most;
    this.bars = new Bars(bar, instrument, 1, this);
    this.samples = new Samples(COLUMNS, most);
    this.metrics = announce(bar, most);
  }

  @Override
  public List<MetricInfo> metrics() {
    return metrics;
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
  public void entered(long timeMicros, long price, long quantity, boolean buy, boolean first) {
    double root = Math.sqrt(price * priceUnit * (quantity * quantityUnit));
    rootValue += buy ? root : -root;
  }

  @Override
  public void closed(Bar bar) {
    if (!bar.isEmpty()) {
      if (closePrice > 0) {
        samples.add(
            (bar.close() - closePrice) * priceUnit,
            bar.delta().doubleValue(),
            StrictMath.log((double) bar.close() / closePrice),
            rootValue,
            bar.value().doubleValue(),
            (double) bar.firstId(),
            (double) bar.openTime(),
            (double) bar.high(),
            (double) bar.low());
      }
      closePrice = bar.close();
    }
    rootValue = 0;
  }

  @Override
  public void read(MetricReadout out) {
    MetricBasis basis = basis(out);
    int count = samples.size();
    double[] changes = samples.column(CHANGE);
    double[] volumes = samples.column(NET_VOLUME);
    double[] returns = samples.column(RETURN);
    Fit origin = Fit.origin(volumes, changes, count);
    Fit intercept = Fit.intercept(volumes, changes, count);
    Fit hasbrouck = Fit.origin(samples.column(ROOT_VALUE), returns, count);
    number(out, "impact.kyle.origin", origin.slope(), basis, ONE_SIDE);
    number(out, "impact.kyle.origin.t", origin.t(), basis, NO_ERROR);
    number(out, "impact.kyle.intercept", intercept.slope(), basis, NO_SPREAD);
    number(out, "impact.kyle.intercept.t", intercept.t(), basis, NO_ERROR);
    number(
        out, "impact.amihud", amihud(returns, samples.column(VALUE)), basis, "No bar has closed");
    number(out, "impact.hasbrouck", hasbrouck.slope(), basis, ONE_SIDE);
    number(out, "impact.hasbrouck.t", hasbrouck.t(), basis, NO_ERROR);
    number(out, "impact.roll", roll(changes), basis, "It takes 3 price changes");
    double spread = corwinSchultz(samples.column(HIGH), samples.column(LOW));
    number(out, "impact.corwin.schultz", spread, basis, "It takes 2 bars");
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    out.writeInt(FORMAT);
    out.writeInt(most);
    bars.save(out);
    samples.save(out);
    out.writeDouble(rootValue);
    out.writeLong(closePrice);
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    if (in.readInt() != FORMAT || in.readInt() != most) {
      throw new IOException("The state is of another version or of another number of bars");
    }
    bars.restore(in);
    samples.restore(in);
    rootValue = in.readDouble();
    closePrice = in.readLong();
  }

  /** Mean of absolute return through value; NaN if there is none. */
  static double amihud(double[] returns, double[] values) {
    double sum = 0;
    for (int i = 0; i < returns.length; i++) {
      sum += Math.abs(returns[i]) / values[i];
    }
    return sum / returns.length;
  }

  /** 2√(-cov) of successive changes; 0 if they do not turn back, NaN if there are too few. */
  static double roll(double[] changes) {
    int pairs = changes.length - 1;
    if (pairs < 2) {
      return Double.NaN;
    }
    double meanLater = 0;
    double meanEarlier = 0;
    for (int i = 0; i < pairs; i++) {
      meanEarlier += changes[i] / pairs;
      meanLater += changes[i + 1] / pairs;
    }
    double sum = 0;
    for (int i = 0; i < pairs; i++) {
      sum += (changes[i + 1] - meanLater) * (changes[i] - meanEarlier);
    }
    return sum >= 0 ? 0 : 2 * Math.sqrt(-sum / (pairs - 1));
  }

  /**
   * Corwin and Schultz's spread, relative to the price: the range of two bars together grows with
   * time, the spread in it does not. Mean of all pairs of successive bars, those below 0 counting
   * as 0; NaN if there is no pair.
   */
  static double corwinSchultz(double[] highs, double[] lows) {
    double root = 3 - 2 * Math.sqrt(2);
    int pairs = highs.length - 1;
    double sum = 0;
    for (int i = 0; i < pairs; i++) {
      double before = StrictMath.log(highs[i] / lows[i]);
      double after = StrictMath.log(highs[i + 1] / lows[i + 1]);
      double beta = before * before + after * after;
      double both =
          StrictMath.log(Math.max(highs[i], highs[i + 1]) / Math.min(lows[i], lows[i + 1]));
      double alpha = (Math.sqrt(2 * beta) - Math.sqrt(beta)) / root - both / Math.sqrt(root);
      double e = StrictMath.exp(alpha);
      sum += Math.max(0, 2 * (e - 1) / (1 + e));
    }
    return pairs < 1 ? Double.NaN : sum / pairs;
  }

  private MetricBasis basis(MetricReadout out) {
    int count = samples.size();
    String lack = count < most ? count + " of " + most + " bars" : "";
    return count == 0
        ? new MetricBasis(-1, out.nowMicros(), lack)
        : new MetricBasis(
            (long) samples.column(FIRST_ID)[0], (long) samples.column(OPEN_TIME)[0], lack);
  }

  private static void number(
      MetricReadout out, String name, double value, MetricBasis basis, String absence) {
    if (Double.isFinite(value)) {
      out.number(name, value, basis);
    } else {
      out.absent(name, absence, basis);
    }
  }

  private static List<MetricInfo> announce(BarSpec bar, int most) {
    String over = " over the last " + most + " bars of " + bar + ".";
    String perVolume = "Kyle's lambda, change of price per net volume bought,";
    return List.of(
        new MetricInfo(
            "impact.kyle.origin", "price/base", perVolume + " through the origin" + over),
        new MetricInfo("impact.kyle.origin.t", "ratio", "Its t-statistic" + over),
        new MetricInfo(
            "impact.kyle.intercept", "price/base", perVolume + " with an intercept" + over),
        new MetricInfo("impact.kyle.intercept.t", "ratio", "Its t-statistic" + over),
        new MetricInfo("impact.amihud", "1/quote", "Mean absolute return per value" + over),
        new MetricInfo(
            "impact.hasbrouck",
            "1/√quote",
            "Return per sum of signed roots of value, through the origin" + over),
        new MetricInfo("impact.hasbrouck.t", "ratio", "Its t-statistic" + over),
        new MetricInfo(
            "impact.roll",
            "price",
            "Roll's spread, by how prices turn back from bar to bar" + over),
        new MetricInfo(
            "impact.corwin.schultz",
            "ratio",
            "Corwin and Schultz's spread, a share of the price, by highs and lows" + over));
  }
}
