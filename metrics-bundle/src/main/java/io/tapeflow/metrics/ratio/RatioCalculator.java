package io.tapeflow.metrics.ratio;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
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
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Trade imbalance of one instrument over some windows, from exact sums. */
final class RatioCalculator implements MetricCalculator {
  private static final String FORMAT = "ratio 1";

  // Slots of the running sums.
  private static final int BOUGHT = 1;
  private static final int SOLD = 3;
  private static final int BUYS = 5;
  private static final int SELLS = 6;
  private static final int LENGTH = 7;

  private final RatioSettings settings;
  private final RunningSums sums;
  private final List<MetricInfo> metrics;

  RatioCalculator(RatioSettings settings) {
    this.settings = settings;
    int longest = Collections.max(settings.windows());
    this.sums = new RunningSums(LENGTH, TimeUnit.SECONDS.toMicros(longest));
    this.metrics = announce(settings);
  }

  @Override
  public List<MetricInfo> metrics() {
    return metrics;
  }

  @Override
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
    sums.moveTo(id, timeMicros);
    long[] state = sums.state();
    Wide.add(state, buy ? BOUGHT : SOLD, quantity);
    state[buy ? BUYS : SELLS]++;
  }

  @Override
  public void read(MetricReadout out) {
    for (int seconds : settings.windows()) {
      Span span = sums.window(out.nowMicros(), TimeUnit.SECONDS.toMicros(seconds));
      String window = "." + seconds + "s";
      BigDecimal bought = span.wide(BOUGHT, 0);
      BigDecimal sold = span.wide(SOLD, 0);
      BigDecimal buys = BigDecimal.valueOf(span.count(BUYS));
      BigDecimal sells = BigDecimal.valueOf(span.count(SELLS));
      give(out, "ratio.imbalance" + window, bought.subtract(sold), bought.add(sold), span);
      give(out, "ratio.aggressor" + window, bought, bought.add(sold), span);
      give(out, "ratio.imbalance.trades" + window, buys.subtract(sells), buys.add(sells), span);
      give(out, "ratio.aggressor.trades" + window, buys, buys.add(sells), span);
    }
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    StateHeader.write(out, FORMAT, settings);
    sums.save(out);
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    StateHeader.check(in, FORMAT, settings);
    sums.restore(in);
  }

  private void give(MetricReadout out, String name, BigDecimal part, BigDecimal whole, Span span) {
    if (whole.signum() == 0) {
      out.absent(name, sums.begun() ? "No trade in it" : "No trade yet", span.basis());
    } else {
      out.number(name, part.divide(whole, MathContext.DECIMAL64), span.basis());
    }
  }

  private static List<MetricInfo> announce(RatioSettings settings) {
    List<MetricInfo> metrics = new ArrayList<>();
    for (int seconds : settings.windows()) {
      String window = "." + seconds + "s";
      String over = " over " + seconds + " s.";
      add(metrics, "ratio.imbalance" + window, "(Bought - sold) / volume, -1 to 1," + over);
      add(metrics, "ratio.aggressor" + window, "Bought / volume, 0 to 1," + over);
      add(metrics, "ratio.imbalance.trades" + window, "(Buys - sells) / trades, -1 to 1," + over);
      add(metrics, "ratio.aggressor.trades" + window, "Buys / trades, 0 to 1," + over);
    }
    return List.copyOf(metrics);
  }

  private static void add(List<MetricInfo> metrics, String name, String words) {
    metrics.add(new MetricInfo(name, "ratio", words));
  }
}
