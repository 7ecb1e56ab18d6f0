package io.tapeflow.metrics.absorption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.Paper;
import io.tapeflow.metrics.RealDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Effort and result at the end of each second of a whole day, against the plain definition. */
class EffortOfARealDayTest {
  private static final int SLOTS = 10;
  private static final int LAMBDA_SLOTS = 100;
  private static final int WINDOWS = 100;

  /** Between the findings, all of which are compared. */
  private static final int APART = 61;

  @ParameterizedTest
  @EnumSource
  void findings(RealDay day) {
    double tick = day.instrument().priceTick();
    CalculatorHarness harness =
        new CalculatorHarness(new AbsorptionFactory(Map.of()), day.instrument());
    List<List<Trade>> seconds = Paper.intervals(day.trades(), 1_000_000);
    List<Double> windows = new ArrayList<>();
    long sampled = Long.MIN_VALUE / 2;
    int found = 0;
    for (int i = 0; i < seconds.size(); i++) {
      harness.feed(seconds.get(i).get(0));
      if (i > 0) {
        List<Trade> window = window(seconds, i - 1);
        double score = score(seconds, i - 1, window, tick);
        String side = isAbsorbed(i - 1, score, window, windows) ? dominant(window).name() : "NONE";
        if (!side.equals("NONE") || i % APART == 0) {
          assertThat(harness.value("absorption.trade.side")).as("second " + i).isEqualTo(side);
          if (score > 0) {
            assertThat(harness.real("absorption.trade.score"))
                .isCloseTo(score, within(score / 1e9));
          }
        }
        found += side.equals("NONE") ? 0 : 1;
        if (second(seconds, i - 1) - sampled >= SLOTS) {
          windows.add(volume(window, null));
          sampled = second(seconds, i - 1);
        }
      }
      harness.feed(seconds.get(i).subList(1, seconds.get(i).size()));
    }
    assertThat(found).as("findings").isPositive();
  }

  private static boolean isAbsorbed(
      int closed, double score, List<Trade> window, List<Double> windows) {
    // Each second but the first has a change of price; the newest ten are the window's.
    if (closed < LAMBDA_SLOTS + SLOTS || windows.size() < WINDOWS) {
      return false;
    }
    List<Double> latest =
        new ArrayList<>(windows.subList(windows.size() - WINDOWS, windows.size()));
    latest.sort(null);
    double effort = volume(window, dominant(window));
    return score >= 3
        && effort >= 0.65 * volume(window, null)
        && effort >= latest.get(WINDOWS * 9 / 10 - 1);
  }

  /** The expected through the actual move, in ticks; NaN if there is nothing to expect. */
  private static double score(
      List<List<Trade>> seconds, int closed, List<Trade> window, double tick) {
    double xx = 0;
    double xy = 0;
    for (int i = Math.max(1, closed - LAMBDA_SLOTS - SLOTS + 1); i <= closed; i++) {
      if (second(seconds, i) <= second(seconds, closed) - SLOTS) {
        double net = net(seconds.get(i));
        xx += net * net;
        xy += net * (last(seconds.get(i)) - last(seconds.get(i - 1)));
      }
    }
    double lambda = xy / xx;
    double rise = last(window) - window.get(0).price();
    double result = (dominant(window) == Side.BUY ? rise : -rise) / tick;
    return lambda > 0 ? lambda * Math.abs(net(window)) / tick / Math.max(result, 1) : Double.NaN;
  }

  private static List<Trade> window(List<List<Trade>> seconds, int closed) {
    List<Trade> window = new ArrayList<>();
    for (int i = Math.max(0, closed - SLOTS); i <= closed; i++) {
      if (second(seconds, i) > second(seconds, closed) - SLOTS) {
        window.addAll(seconds.get(i));
      }
    }
    return window;
  }

  private static long second(List<List<Trade>> seconds, int index) {
    return Math.floorDiv(seconds.get(index).get(0).timeMicros(), 1_000_000L);
  }

  private static Side dominant(List<Trade> trades) {
    return net(trades) >= 0 ? Side.BUY : Side.SELL;
  }

  private static double net(List<Trade> trades) {
    return volume(trades, Side.BUY) - volume(trades, Side.SELL);
  }

  /** Of one side, or of both if it is null. */
  private static double volume(List<Trade> trades, Side side) {
    return trades.stream()
        .filter(trade -> side == null || trade.aggressor() == side)
        .mapToLong(Trade::quantity)
        .sum();
  }

  private static long last(List<Trade> trades) {
    return trades.get(trades.size() - 1).price();
  }
}
