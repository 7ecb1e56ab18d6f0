package io.tapeflow.metrics.absorption;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.Paper;
import io.tapeflow.metrics.RealDay;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Delta absorption and exhaustion in every minute of a whole day, against the plain definition. */
class BarAbsorptionOfARealDayTest {
  private static final int BARS = 100;
  private static final int ROW_TICKS = 10;

  @ParameterizedTest
  @EnumSource
  void deltasAndExtremes(RealDay day) {
    CalculatorHarness harness =
        new CalculatorHarness(new AbsorptionFactory(Map.of()), day.instrument());
    List<List<Trade>> all = Paper.intervals(day.trades(), 60_000_000);
    // What was traded in the first minute before the record is not known, so it does not count.
    harness.feed(all.get(0));
    List<List<Trade>> minutes = all.subList(1, all.size());
    List<BigDecimal> sizes = new ArrayList<>();
    int absorbed = 0;
    for (int i = 0; i < minutes.size(); i++) {
      harness.feed(minutes.get(i).get(0));
      if (i > 0) {
        List<Trade> minute = minutes.get(i - 1);
        String expected = absorbed(minute, sizes, day.instrument());
        assertThat(harness.value("absorption.delta.bar60s")).as("minute " + i).isEqualTo(expected);
        assertThat(harness.real("exhaustion.buy.bar60s"))
            .isEqualTo(run(minutes.subList(0, i), day.instrument(), Side.BUY));
        assertThat(harness.real("exhaustion.sell.bar60s"))
            .isEqualTo(run(minutes.subList(0, i), day.instrument(), Side.SELL));
        sizes.add(delta(minute, day.instrument()).abs());
        absorbed += expected.equals("NONE") ? 0 : 1;
      }
      harness.feed(minutes.get(i).subList(1, minutes.get(i).size()));
    }
    assertThat(absorbed).as("minutes with absorption").isPositive();
  }

  private static String absorbed(List<Trade> minute, List<BigDecimal> sizes, Instrument of) {
    BigDecimal delta = delta(minute, of);
    if (sizes.size() < BARS || delta.signum() == 0) {
      return "NONE";
    }
    List<BigDecimal> latest = new ArrayList<>(sizes.subList(sizes.size() - BARS, sizes.size()));
    latest.sort(null);
    long body = minute.get(minute.size() - 1).price() - minute.get(0).price();
    long range = high(minute) - low(minute);
    boolean great = delta.abs().compareTo(latest.get(BARS * 9 / 10 - 1)) >= 0;
    boolean held = Long.signum(body) != delta.signum() || 4 * Math.abs(body) <= range;
    return great && held ? delta.signum() > 0 ? "BUY" : "SELL" : "NONE";
  }

  /** How many of the latest minutes went further on less volume than the one before each. */
  private static int run(List<List<Trade>> minutes, Instrument of, Side side) {
    int run = 1;
    for (int i = minutes.size() - 1; i > 0; i--) {
      List<Trade> now = minutes.get(i);
      List<Trade> before = minutes.get(i - 1);
      boolean further = side == Side.BUY ? high(now) > high(before) : low(now) < low(before);
      if (!further || atExtreme(now, of, side) >= atExtreme(before, of, side)) {
        return run;
      }
      run++;
    }
    return run;
  }

  private static long atExtreme(List<Trade> minute, Instrument of, Side side) {
    long row = of.priceTick() * ROW_TICKS;
    long extreme = Math.floorDiv(side == Side.BUY ? high(minute) : low(minute), row);
    return minute.stream()
        .filter(trade -> trade.aggressor() == side)
        .filter(trade -> Math.floorDiv(trade.price(), row) == extreme)
        .mapToLong(Trade::quantity)
        .sum();
  }

  private static BigDecimal delta(List<Trade> minute, Instrument of) {
    return minute.stream()
        .map(t -> of.quantity(t.aggressor() == Side.BUY ? t.quantity() : -t.quantity()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static long high(List<Trade> minute) {
    return minute.stream().mapToLong(Trade::price).max().orElseThrow();
  }

  private static long low(List<Trade> minute) {
    return minute.stream().mapToLong(Trade::price).min().orElseThrow();
  }
}
