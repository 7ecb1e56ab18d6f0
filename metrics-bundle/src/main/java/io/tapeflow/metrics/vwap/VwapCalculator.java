package io.tapeflow.metrics.vwap;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.Wide;
import io.tapeflow.metrics.window.Anchors;
import io.tapeflow.metrics.window.RunningSums;
import io.tapeflow.metrics.window.Span;
import io.tapeflow.metrics.window.StateHeader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * VWAP and its bands. Weights, and the first and second moments of the price, are exact integers,
 * so that neither the length of a session nor evictions cost a digit: rounding happens once, when
 * the result is divided.
 */
final class VwapCalculator implements MetricCalculator {
  private static final String FORMAT = "vwap 1";
  private static final int BANDS = 3;
  private static final MathContext DIGITS = MathContext.DECIMAL64;

  private static final int QUANTITY = 1;
  private static final int VALUE = 3;
  private static final int SQUARE = 5;
  private static final int LENGTH = SQUARE + Squares.LONGS;

  private final Instrument instrument;
  private final VwapSettings settings;
  private final RunningSums sums;
  private final List<Scope> scopes = new ArrayList<>();
  private final List<MetricInfo> infos = new ArrayList<>();
  private long lastPrice;

  VwapCalculator(Instrument instrument, VwapSettings settings) {
    this.instrument = instrument;
    this.settings = settings;
    List<Integer> windows = settings.windows();
    int longest = windows.get(windows.size() - 1);
    long retain = TimeUnit.SECONDS.toMicros(longest);
    sums = new RunningSums(LENGTH, retain, settings.day(), settings.anchors());
    add("session", "since " + settings.day(), true, sums::session);
    for (int i = 0; i < settings.anchors().size(); i++) {
      int anchor = i;
      String name = Anchors.name(settings.anchors().get(i));
      add(name, "since " + settings.anchors().get(i), true, now -> sums.since(anchor, now));
    }
    for (int seconds : windows) {
      long micros = TimeUnit.SECONDS.toMicros(seconds);
      add(seconds + "s", "over " + seconds + " s", false, now -> sums.window(now, micros));
    }
  }

  @Override
  public List<MetricInfo> metrics() {
    return List.copyOf(infos);
  }

  @Override
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
    sums.moveTo(id, timeMicros);
    long[] state = sums.state();
    Wide.add(state, QUANTITY, quantity);
    Wide.addProduct(state, VALUE, price, quantity);
    Squares.add(state, SQUARE, price, quantity);
    lastPrice = price;
  }

  @Override
  public void read(MetricReadout out) {
    for (Scope scope : scopes) {
      if (scope.names().stream().noneMatch(out::wants)) {
        continue;
      }
      Span span = scope.span().apply(out.nowMicros());
      if (span.isEmpty()) {
        String reason = sums.begun() ? "No trade in it" : "No trade yet";
        scope.names().forEach(name -> out.absent(name, reason, span.basis()));
      } else {
        give(scope, span, out);
      }
    }
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    StateHeader.write(out, FORMAT, settings);
    sums.save(out);
    out.writeLong(lastPrice);
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    StateHeader.check(in, FORMAT, settings);
    sums.restore(in);
    lastPrice = in.readLong();
  }

  private void give(Scope scope, Span span, MetricReadout out) {
    MetricBasis basis = span.basis();
    BigInteger quantity = span.units(QUANTITY);
    BigInteger value = span.units(VALUE);
    BigInteger square = Squares.difference(span.to(), span.from(), SQUARE);
    // Integers up to here: numerator / quantity^2 is the variance, without any cancellation.
    double root = Math.sqrt(square.multiply(quantity).subtract(value.pow(2)).doubleValue());
    BigInteger off = BigInteger.valueOf(lastPrice).multiply(quantity).subtract(value);
    out.number(scope.z(), root == 0 ? 0 : off.doubleValue() / root, basis);
    out.number(scope.deviation(), 100 * off.doubleValue() / value.doubleValue(), basis);
    if (scope.prices().stream().anyMatch(out::wants)) {
      givePrices(scope, quantity, value, root, basis, out);
    }
  }

  private void givePrices(
      Scope scope,
      BigInteger quantity,
      BigInteger value,
      double root,
      MetricBasis basis,
      MetricReadout out) {
    int scale = instrument.priceScale();
    BigDecimal mean = new BigDecimal(value, scale).divide(new BigDecimal(quantity), DIGITS);
    BigDecimal sigma =
        BigDecimal.valueOf(root / quantity.doubleValue()).movePointLeft(scale).round(DIGITS);
    if (scope.mean()) {
      out.number(scope.vwap(), mean, basis);
    }
    out.number(scope.sigma(), sigma, basis);
    for (int k = 1; k <= BANDS; k++) {
      BigDecimal reach = sigma.multiply(BigDecimal.valueOf(k));
      out.number(scope.upper().get(k - 1), mean.add(reach).round(DIGITS), basis);
      out.number(scope.lower().get(k - 1), mean.subtract(reach).round(DIGITS), basis);
    }
  }

  private void add(String suffix, String words, boolean mean, LongFunction<Span> span) {
    Scope scope = Scope.of(suffix, mean, span);
    scopes.add(scope);
    if (mean) {
      infos.add(new MetricInfo(scope.vwap(), "price", "VWAP " + words));
    }
    infos.add(
        new MetricInfo(
            scope.sigma(), "price", "Volume-weighted standard deviation of the price " + words));
    for (int k = 1; k <= BANDS; k++) {
      infos.add(band(scope.upper().get(k - 1), "+", k, words));
      infos.add(band(scope.lower().get(k - 1), "-", k, words));
    }
    infos.add(
        new MetricInfo(
            scope.z(), "ratio", "Last price less VWAP " + words + ", in standard deviations"));
    infos.add(
        new MetricInfo(
            scope.deviation(), "percent", "Last price less VWAP " + words + ", of VWAP"));
  }

  private static MetricInfo band(String name, String sign, int k, String words) {
    return new MetricInfo(
        name, "price", "VWAP " + sign + " " + k + " standard deviations " + words);
  }

  /** A part of the tape and the names of its metrics. */
  private record Scope(
      boolean mean,
      LongFunction<Span> span,
      String vwap,
      String sigma,
      List<String> upper,
      List<String> lower,
      String z,
      String deviation,
      List<String> prices,
      List<String> names) {

    static Scope of(String suffix, boolean mean, LongFunction<Span> span) {
      String vwap = "vwap." + suffix;
      String sigma = "vwap.sigma." + suffix;
      List<String> upper = bands("vwap.upper", suffix);
      List<String> lower = bands("vwap.lower", suffix);
      String z = "vwap.z." + suffix;
      String deviation = "vwap.deviation." + suffix;
      List<String> prices = new ArrayList<>(List.of(sigma));
      prices.addAll(upper);
      prices.addAll(lower);
      if (mean) {
        prices.add(vwap);
      }
      List<String> names = new ArrayList<>(List.of(z, deviation));
      names.addAll(prices);
      return new Scope(mean, span, vwap, sigma, upper, lower, z, deviation, prices, names);
    }

    private static List<String> bands(String name, String suffix) {
      return IntStream.rangeClosed(1, BANDS).mapToObj(k -> name + k + "." + suffix).toList();
    }
  }
}
