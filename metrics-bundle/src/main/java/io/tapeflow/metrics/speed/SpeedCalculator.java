package io.tapeflow.metrics.speed;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.Wide;
import io.tapeflow.metrics.window.RunningSums;
import io.tapeflow.metrics.window.Span;
import io.tapeflow.metrics.window.StateHeader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Rates over windows, and what is unusual about the present one. */
final class SpeedCalculator implements MetricCalculator {
  private static final String FORMAT = "speed 1";
  private static final MathContext DIGITS = MathContext.DECIMAL64;
  private static final long SECOND = TimeUnit.SECONDS.toMicros(1);

  /** A standard deviation of fewer seconds says nothing. */
  private static final int LEAST_SECONDS = 30;

  private static final int BUY_TRADES = 1;
  private static final int SELL_TRADES = 2;
  private static final int BUY = 3;
  private static final int SELL = 5;
  private static final int VALUE = 7;
  private static final int LENGTH = 9;

  private final Instrument instrument;
  private final SpeedSettings settings;
  private final RunningSums sums;
  private final MovingRate ewma;
  private final List<Rates> rates = new ArrayList<>();
  private final List<MetricInfo> infos = new ArrayList<>();
  private final String ewmaName;
  private final String accelerationName;
  private final String burstName;
  private final String spikeName;
  private long firstId = -1;
  private long firstTime;

  SpeedCalculator(Instrument instrument, SpeedSettings settings) {
    this.instrument = instrument;
    this.settings = settings;
    sums = new RunningSums(LENGTH, settings.longestMicros());
    ewma = new MovingRate(settings.ewmaSeconds());
    for (int seconds : settings.windows()) {
      rates.add(new Rates(seconds));
      announce(rates.get(rates.size() - 1));
    }
    ewmaName = "speed.ewma." + settings.ewmaSeconds() + "s";
    accelerationName = "speed.acceleration." + SpeedSettings.SLOW_SECONDS + "s";
    burstName = "speed.burst." + settings.baselineSeconds() + "s";
    spikeName = "speed.spike." + settings.spikeSeconds() + "s";
    announce(
        ewmaName,
        "1/s",
        "Trades per second, exponentially weighted with a time constant of "
            + settings.ewmaSeconds()
            + " s");
    announce(accelerationName, "ratio", "Trades per second over 1 s, of those over 60 s");
    announce(
        burstName,
        "ratio",
        "Trades in the last second against each of the "
            + settings.baselineSeconds()
            + " s before it, in standard deviations from their mean");
    announce(
        spikeName,
        "ratio",
        "Volume over "
            + settings.spikeSeconds()
            + " s, of what as much time had on average in the "
            + settings.baselineSeconds()
            + " s before");
  }

  @Override
  public List<MetricInfo> metrics() {
    return List.copyOf(infos);
  }

  @Override
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
    if (firstId < 0) {
      firstId = id;
      firstTime = timeMicros;
    }
    sums.moveTo(id, timeMicros);
    long[] state = sums.state();
    state[buy ? BUY_TRADES : SELL_TRADES]++;
    Wide.add(state, buy ? BUY : SELL, quantity);
    Wide.addProduct(state, VALUE, price, quantity);
    ewma.trade(sums.time());
  }

  @Override
  public void read(MetricReadout out) {
    if (!sums.begun()) {
      MetricBasis nothing = MetricBasis.whole(-1, out.nowMicros());
      infos.forEach(info -> out.absent(info.name(), "No trade yet", nothing));
      return;
    }
    for (Rates names : rates) {
      rates(names, out);
    }
    ewma(out);
    acceleration(out);
    burst(out);
    spike(out);
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    StateHeader.write(out, FORMAT, settings);
    sums.save(out);
    ewma.save(out);
    out.writeLong(firstId);
    out.writeLong(firstTime);
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    StateHeader.check(in, FORMAT, settings);
    sums.restore(in);
    ewma.restore(in);
    firstId = in.readLong();
    firstTime = in.readLong();
  }

  /** A count over part of a window is no rate over all of it, so there is none before. */
  private void rates(Rates names, MetricReadout out) {
    Span span = sums.window(out.nowMicros(), TimeUnit.SECONDS.toMicros(names.seconds()));
    MetricBasis basis = span.basis();
    if (!basis.lack().isEmpty()) {
      names.all().forEach(name -> out.absent(name, "A rate needs the whole window", basis));
      return;
    }
    BigDecimal seconds = BigDecimal.valueOf(names.seconds());
    int scale = instrument.quantityScale();
    BigDecimal buy = span.wide(BUY, scale);
    BigDecimal sell = span.wide(SELL, scale);
    BigDecimal value = span.wide(VALUE, scale + instrument.priceScale());
    BigDecimal trades = BigDecimal.valueOf(trades(span));
    out.number(names.trades(), trades.divide(seconds, DIGITS), basis);
    out.number(names.volume(), buy.add(sell).divide(seconds, DIGITS), basis);
    out.number(names.value(), value.divide(seconds, DIGITS), basis);
    out.number(names.buy(), buy.divide(seconds, DIGITS), basis);
    out.number(names.sell(), sell.divide(seconds, DIGITS), basis);
  }

  /** It rests on all trades, those long past with next to no weight. */
  private void ewma(MetricReadout out) {
    long now = out.nowMicros();
    long warm = 3 * TimeUnit.SECONDS.toMicros(settings.ewmaSeconds());
    String lack = now - firstTime < warm ? "Covers less than three time constants" : "";
    out.number(ewmaName, ewma.at(now), new MetricBasis(firstId, firstTime, lack));
  }

  private void acceleration(MetricReadout out) {
    long now = out.nowMicros();
    Span slow = sums.window(now, SpeedSettings.SLOW_SECONDS * SECOND);
    Span fast = sums.window(now, SpeedSettings.FAST_SECONDS * SECOND);
    if (!slow.basis().lack().isEmpty()) {
      out.absent(accelerationName, "A rate needs the whole window", slow.basis());
    } else if (slow.isEmpty()) {
      out.absent(accelerationName, "No trade in 60 s", slow.basis());
    } else {
      double ratio = (double) trades(fast) * SpeedSettings.SLOW_SECONDS / trades(slow);
      out.number(accelerationName, ratio, slow.basis());
    }
  }

  /**
   * The last second against the seconds before it, which do not include it. Only seconds that are
   * known count.
   */
  private void burst(MetricReadout out) {
    long now = out.nowMicros();
    long end = now - SECOND;
    long covered = Math.max(0, (end - sums.reach()) / SECOND);
    int seconds = (int) Math.min(settings.baselineSeconds(), covered);
    MetricBasis basis = basis(now, (settings.baselineSeconds() + 1) * SECOND);
    if (seconds < LEAST_SECONDS) {
      out.absent(burstName, "Needs " + LEAST_SECONDS + " s before the last one", basis);
      return;
    }
    long upTo = tradesAt(now);
    long later = tradesAt(end);
    final long present = upTo - later;
    double[] counts = new double[seconds];
    double sum = 0;
    for (int i = 0; i < seconds; i++) {
      long earlier = tradesAt(end - (i + 1) * SECOND);
      counts[i] = later - earlier;
      sum += counts[i];
      later = earlier;
    }
    double mean = sum / seconds;
    double squares = 0;
    for (double count : counts) {
      squares += (count - mean) * (count - mean);
    }
    double sigma = Math.sqrt(squares / (seconds - 1));
    if (sigma == 0) {
      out.absent(burstName, "All seconds before had as many trades", basis);
    } else {
      out.number(burstName, (present - mean) / sigma, basis);
    }
  }

  /**
   * The volume of the last seconds against what the time before had in as many. The time before is
   * only what is known of it, and does not include those seconds.
   */
  private void spike(MetricReadout out) {
    long now = out.nowMicros();
    long length = settings.spikeSeconds() * SECOND;
    long baseline = settings.baselineSeconds() * SECOND;
    MetricBasis basis = basis(now, baseline + length);
    long covered = Math.min(baseline, now - length - sums.reach());
    if (covered < length) {
      out.absent(spikeName, "Needs as much time before it", basis);
      return;
    }
    Span present = sums.window(now, length);
    Span whole = sums.window(now, covered + length);
    BigDecimal volume = volume(present);
    BigDecimal before = volume(whole).subtract(volume);
    if (before.signum() == 0) {
      out.absent(spikeName, "No trade before it", basis);
      return;
    }
    BigDecimal usual = before.multiply(BigDecimal.valueOf(length));
    BigDecimal ratio = volume.multiply(BigDecimal.valueOf(covered)).divide(usual, DIGITS);
    out.number(spikeName, ratio, basis);
  }

  private MetricBasis basis(long now, long micros) {
    return sums.window(now, micros).basis();
  }

  private BigDecimal volume(Span span) {
    int scale = instrument.quantityScale();
    return span.wide(BUY, scale).add(span.wide(SELL, scale));
  }

  private long tradesAt(long time) {
    long[] at = sums.sumsAt(time);
    return at[BUY_TRADES] + at[SELL_TRADES];
  }

  private static long trades(Span span) {
    return span.count(BUY_TRADES) + span.count(SELL_TRADES);
  }

  private void announce(Rates names) {
    String words = " per second over " + names.seconds() + " s";
    announce(names.trades(), "1/s", "Aggregate trades" + words);
    announce(names.volume(), "base/s", "Volume" + words);
    announce(names.value(), "quote/s", "Price x quantity" + words);
    announce(names.buy(), "base/s", "Volume of aggressors that bought" + words);
    announce(names.sell(), "base/s", "Volume of aggressors that sold" + words);
  }

  private void announce(String name, String unit, String description) {
    infos.add(new MetricInfo(name, unit, description));
  }

  /** The names of the rates of one window. */
  private record Rates(
      int seconds, String trades, String volume, String value, String buy, String sell) {
    Rates(int seconds) {
      this(
          seconds,
          "speed.trades." + seconds + "s",
          "speed.volume." + seconds + "s",
          "speed.value." + seconds + "s",
          "speed.buy." + seconds + "s",
          "speed.sell." + seconds + "s");
    }

    List<String> all() {
      return List.of(trades, volume, value, buy, sell);
    }
  }
}
