package io.tapeflow.metrics.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.RealDay;
import io.tapeflow.metrics.TradeMix;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pivots against a plain search through all bars. */
class DivergenceOracleTest {
  private static final int SIDE_BARS = 2;
  private static final int LEAST = 3;
  private static final int MOST = 15;

  @Property(tries = 60)
  void pivotsThatDivergeAreAllFoundAndNoOthers(
      @ForAll TradeMix mix, @ForAll @LongRange(min = 1, max = 1_000_000) long seed) {
    assertPivots(mix.instrument(), mix.trades(600, seed), 5);
  }

  @ParameterizedTest
  @EnumSource
  void pivotsOfAWholeDay(RealDay day) {
    assertThat(assertPivots(day.instrument(), day.trades(), 500)).isGreaterThan(5);
  }

  /** Gives how many there are. */
  private static int assertPivots(Instrument instrument, List<Trade> trades, int perBar) {
    String scope = ".bar" + perBar + "t";
    Map<String, Object> properties =
        Map.of(
            "bars", perBar + "t",
            "pivot.left", SIDE_BARS,
            "pivot.right", SIDE_BARS,
            "pivot.separation.min", LEAST,
            "pivot.separation.max", MOST,
            "rows", 500);
    CalculatorHarness harness =
        new CalculatorHarness(new DivergenceFactory(properties), instrument).feed(trades);

    List<String> said = new ArrayList<>();
    harness.rows("divergence.recent" + scope).stream()
        .map(row -> row.fields())
        .filter(row -> "PIVOT".equals(row.get("form")) || "HIDDEN".equals(row.get("form")))
        .forEach(
            row ->
                said.add(
                    row.get("form")
                        + " "
                        + row.get("side")
                        + " "
                        + row.get("fromBar")
                        + " "
                        + row.get("atBar")
                        + " known "
                        + row.get("knownBar")));
    assertThat(said).containsExactlyInAnyOrderElementsOf(expected(bars(trades, perBar)));
    harness
        .rows("divergence.recent" + scope)
        .forEach(
            row ->
                assertThat(((BigDecimal) row.fields().get("strength")).doubleValue())
                    .isPositive()
                    .isLessThanOrEqualTo(1));
    return said.size();
  }

  private static List<String> expected(List<OracleBar> bars) {
    List<String> expected = new ArrayList<>();
    for (boolean highs : new boolean[] {true, false}) {
      int before = -1;
      for (int i = SIDE_BARS; i + SIDE_BARS < bars.size(); i++) {
        if (!isPivot(bars, i, highs)) {
          continue;
        }
        if (before >= 0 && i - before >= LEAST && i - before <= MOST) {
          OracleBar first = bars.get(before);
          OracleBar second = bars.get(i);
          boolean outward = highs ? second.high > first.high : second.low < first.low;
          boolean inward = highs ? second.high < first.high : second.low > first.low;
          int cvd = second.cvd.compareTo(first.cvd);
          boolean cvdInward = highs ? cvd < 0 : cvd > 0;
          boolean cvdOutward = highs ? cvd > 0 : cvd < 0;
          String rest =
              (highs ? " BEAR " : " BULL ") + before + " " + i + " known " + (i + SIDE_BARS);
          if (outward && cvdInward) {
            expected.add("PIVOT" + rest);
          } else if (inward && cvdOutward) {
            expected.add("HIDDEN" + rest);
          }
        }
        before = i;
      }
    }
    return expected;
  }

  private static boolean isPivot(List<OracleBar> bars, int at, boolean highs) {
    for (int i = at - SIDE_BARS; i <= at + SIDE_BARS; i++) {
      boolean left = i < at;
      double other = highs ? bars.get(i).high : -bars.get(i).low;
      double self = highs ? bars.get(at).high : -bars.get(at).low;
      if (i != at && (left ? other >= self : other > self)) {
        return false;
      }
    }
    return true;
  }

  private static List<OracleBar> bars(List<Trade> trades, int perBar) {
    List<OracleBar> bars = new ArrayList<>();
    BigDecimal cvd = BigDecimal.ZERO;
    for (int from = 0; from + perBar <= trades.size(); from += perBar) {
      List<Trade> of = trades.subList(from, from + perBar);
      for (Trade trade : of) {
        BigDecimal quantity = trade.quantityDecimal();
        cvd = trade.aggressor() == Side.BUY ? cvd.add(quantity) : cvd.subtract(quantity);
      }
      long high = of.stream().mapToLong(Trade::price).max().orElseThrow();
      long low = of.stream().mapToLong(Trade::price).min().orElseThrow();
      bars.add(new OracleBar(high, low, cvd));
    }
    return bars;
  }

  private record OracleBar(long high, long low, BigDecimal cvd) {}
}
