package io.tapeflow.metrics.cvd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.RealDay;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole real days, looked at now and then, against plain sums of decimals. */
class CvdRealDayTest {
  private static final int LOOK = 12_345;
  private static final long MINUTE = 60_000_000;

  @ParameterizedTest
  @EnumSource
  void sumsAndSlopesAreThoseOfThePlainSums(RealDay day) {
    List<Trade> trades = day.trades();
    CvdFactory factory =
        new CvdFactory(
            Map.of("windows.seconds", "300", "quotes.stable", "2019,2025,2026", "slope.bars", 10));
    CalculatorHarness harness = new CalculatorHarness(factory, day.instrument());
    long time = 0;
    List<Long> times = new ArrayList<>();
    List<BigDecimal> path = new ArrayList<>();
    BigDecimal cvd = BigDecimal.ZERO;
    for (int i = 0; i < trades.size(); i++) {
      Trade trade = trades.get(i);
      harness.feed(trade);
      time = Math.max(time, trade.timeMicros());
      BigDecimal quantity = trade.quantityDecimal();
      cvd = trade.aggressor() == Side.BUY ? cvd.add(quantity) : cvd.subtract(quantity);
      times.add(time);
      path.add(cvd);
      if (i % LOOK == LOOK - 1 || i == trades.size() - 1) {
        assertThat(harness.number("cvd.rolling.300s"))
            .isEqualByComparingTo(cvd.subtract(at(times, path, time - 5 * MINUTE)));
        assertTiers(harness, cvd);
        assertLastBar(harness, times, path, trades);
        assertSlope(harness, times, path);
      }
    }
  }

  /** All of the day is one session. */
  private static void assertTiers(CalculatorHarness harness, BigDecimal cvd) {
    BigDecimal tiers = BigDecimal.ZERO;
    for (String name : harness.infos().keySet()) {
      tiers = name.startsWith("cvd.tier.") ? tiers.add(harness.number(name)) : tiers;
    }
    assertThat(tiers).isEqualByComparingTo(cvd);
  }

  private static void assertLastBar(
      CalculatorHarness harness, List<Long> times, List<BigDecimal> path, List<Trade> trades) {
    int last = path.size() - 1;
    long forming = Math.floorDiv(times.get(last), MINUTE);
    int end = last;
    while (end >= 0 && Math.floorDiv(times.get(end), MINUTE) == forming) {
      end--;
    }
    if (end < 0) {
      return;
    }
    long closed = Math.floorDiv(times.get(end), MINUTE);
    BigDecimal high = null;
    BigDecimal low = null;
    BigDecimal open = BigDecimal.ZERO;
    for (int i = end; i >= 0 && Math.floorDiv(times.get(i), MINUTE) == closed; i--) {
      open = i == 0 ? BigDecimal.ZERO : path.get(i - 1);
      high = high == null ? path.get(i) : high.max(path.get(i));
      low = low == null ? path.get(i) : low.min(path.get(i));
    }
    assertThat(trades).hasSizeGreaterThan(last);
    assertThat(harness.number("cvd.open.bar60s")).isEqualByComparingTo(open);
    assertThat(harness.number("cvd.high.bar60s")).isEqualByComparingTo(open.max(high));
    assertThat(harness.number("cvd.low.bar60s")).isEqualByComparingTo(open.min(low));
    assertThat(harness.number("cvd.close.bar60s")).isEqualByComparingTo(path.get(end));
  }

  /** By the formula with plain sums, which the calculator does not use. */
  private static void assertSlope(
      CalculatorHarness harness, List<Long> times, List<BigDecimal> path) {
    long last = times.get(times.size() - 1) / 1_000_000;
    double n = 61;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (int i = 0; i <= 60; i++) {
      double y = at(times, path, (last - 60 + i) * 1_000_000).doubleValue();
      sumX += i;
      sumY += y;
      sumXx += i * i;
      sumXy += i * y;
    }
    double slope = (n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
    assertThat(harness.real("cvd.slope.60s"))
        .isCloseTo(slope, within(1e-6 + 1e-7 * Math.abs(slope)));
  }

  /** The CVD after all trades up to a time. */
  private static BigDecimal at(List<Long> times, List<BigDecimal> path, long time) {
    int i = times.size() - 1;
    while (i >= 0 && times.get(i) > time) {
      i--;
    }
    return i < 0 ? BigDecimal.ZERO : path.get(i);
  }
}
