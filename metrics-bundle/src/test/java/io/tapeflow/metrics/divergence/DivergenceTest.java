package io.tapeflow.metrics.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.trade.Side;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.T10;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DivergenceTest {
  private static final long DAY = TimeUnit.DAYS.toSeconds(1);

  private CalculatorHarness harness = harness(Map.of());
  private long id;
  private long second;

  /** Highs of 110 and 112, five bars apart, with less CVD at the second: known two bars later. */
  @Test
  void aHigherHighOnLessCvdIsBearishOnceItIsKnown() {
    int[] highs = {101, 102, 110, 104, 103, 102, 104, 112, 105, 104};
    int[] deltas = {5, 5, 10, -3, -3, -3, -3, 1, -1, -1};
    for (int i = 0; i < highs.length; i++) {
      assertThat(harness.value("divergence.pivot.bar1s")).as("before bar %s", i).isIn(null, "NONE");
      bar(100, highs[i], 100, 100, deltas[i]);
    }
    assertThat(harness.value("divergence.pivot.bar1s"))
        .as("the last has not closed")
        .isEqualTo("NONE");
    bar(100, 101, 100, 100, 1);

    assertThat(harness.value("divergence.pivot.bar1s")).isEqualTo("BEAR");
    assertThat(harness.metric("divergence.pivot.bar1s").status()).isEqualTo(MetricStatus.OK);
    List<MetricRow> rows = harness.rows("divergence.recent.bar1s");
    Map<String, Object> row = rows.get(0).fields();
    assertThat(row).containsEntry("form", "PIVOT").containsEntry("side", "BEAR");
    assertThat(row).containsEntry("fromBar", big(3)).containsEntry("atBar", big(8));
    assertThat(row).containsEntry("knownBar", big(10));
    assertThat((BigDecimal) row.get("fromPrice")).isEqualByComparingTo("110");
    assertThat((BigDecimal) row.get("atPrice")).isEqualByComparingTo("112");
    assertThat((BigDecimal) row.get("cvdChange")).isEqualByComparingTo("-11");
    // Price: 2 of a range of 12. CVD: from 20 to 9, of a range from 20 to 8.
    assertThat(harness.real("divergence.pivot.strength.bar1s"))
        .isCloseTo(Math.sqrt(2 / 12.0 * 11 / 12.0), within(1e-12));

    bar(100, 101, 100, 100, 1);
    assertThat(harness.value("divergence.pivot.bar1s")).as("valid for two bars").isEqualTo("BEAR");
    bar(100, 101, 100, 100, 1);
    assertThat(harness.value("divergence.pivot.bar1s")).isEqualTo("NONE");
    assertThat(harness.value("divergence.pivot.strength.bar1s")).isNull();
    assertThat(harness.rows("divergence.recent.bar1s"))
        .extracting(r -> r.fields().get("form"))
        .contains("PIVOT");
  }

  @Test
  void aHigherLowOnLessCvdIsHiddenAndBullish() {
    int[] lows = {99, 98, 90, 96, 97, 98, 96, 92, 95, 96, 97};
    int[] deltas = {-5, -5, -10, 3, 3, -9, -9, -9, 1, 1, 1};
    for (int i = 0; i < lows.length; i++) {
      bar(100, 100, lows[i], 100, deltas[i]);
    }
    assertThat(harness.value("divergence.hidden.bar1s")).isEqualTo("BULL");
    assertThat(harness.value("divergence.pivot.bar1s")).isEqualTo("NONE");
  }

  @Test
  void ofEqualHighsTheFirstIsThePivot() {
    int[] highs = {101, 102, 110, 110, 103, 102, 104, 112, 112, 104, 103};
    int[] deltas = {5, 5, 10, -3, -3, -3, -3, 1, -1, -1, 0};
    for (int i = 0; i < highs.length; i++) {
      bar(100, highs[i], 100, 100, deltas[i]);
    }
    Map<String, Object> row = harness.rows("divergence.recent.bar1s").get(0).fields();
    assertThat(row).containsEntry("fromBar", big(3)).containsEntry("atBar", big(8));
  }

  @Test
  void pivotsOnBothSidesOfAResetAreNotCompared() {
    int[] highs = {101, 102, 110, 104, 103, 102, 104, 112, 105, 104, 100};
    int[] deltas = {5, 5, 10, -3, -3, -3, -3, 1, -1, -1, 0};
    CalculatorHarness through = harness;
    CalculatorHarness reset = harness(Map.of("anchor", "SESSION"));
    for (CalculatorHarness each : List.of(through, reset)) {
      harness = each;
      second = DAY - 5;
      id = 0;
      for (int i = 0; i < highs.length; i++) {
        bar(100, highs[i], 100, 100, deltas[i]);
      }
    }
    assertThat(through.value("divergence.pivot.bar1s")).isEqualTo("BEAR");
    assertThat(reset.value("divergence.pivot.bar1s")).isEqualTo("NONE");
  }

  @Test
  void aBarThatClosesAgainstItsDeltaDiverges() {
    for (int i = 0; i < 4; i++) {
      bar(100, 101, 99, 100, 2);
    }
    bar(100, 104, 100, 103, -4);
    bar(100, 101, 99, 100, 2);
    assertThat(harness.value("divergence.bar.bar1s")).isEqualTo("BEAR");
    // All of 12 traded but 8 that cancel out: 4 of 12; the body is 3 of 4.
    assertThat(harness.real("divergence.bar.strength.bar1s"))
        .isCloseTo(Math.sqrt(4 / 12.0 * 3 / 4.0), within(1e-12));
    bar(100, 101, 99, 100, 2);
    assertThat(harness.value("divergence.bar.bar1s")).as("of the last bar alone").isEqualTo("NONE");
  }

  @Test
  void aBarOfLittleDeltaOrLittleVolumeDoesNot() {
    for (int i = 0; i < 4; i++) {
      bar(100, 101, 99, 100, 100);
    }
    bar(100, 104, 100, 103, -4);
    bar(100, 101, 99, 100, 2);
    assertThat(harness.value("divergence.bar.bar1s")).as("volume").isEqualTo("NONE");

    harness = harness(Map.of("bar.delta.share", 0.5));
    for (int i = 0; i < 4; i++) {
      bar(100, 101, 99, 100, 2);
    }
    bar(100, 104, 100, 103, -4);
    bar(100, 101, 99, 100, 2);
    assertThat(harness.value("divergence.bar.bar1s")).as("delta").isEqualTo("NONE");
  }

  @Test
  void aTurnaroundIsTwoBarsUpAndOneDownFromTheirHigh() {
    bar(100, 102, 100, 102, 1);
    bar(102, 104, 102, 104, 1);
    bar(104, 104, 101, 101, -3);
    bar(101, 101, 101, 101, 1);
    assertThat(harness.value("divergence.turnaround.bar1s")).isEqualTo("BEAR");
    assertThat(harness.metric("divergence.turnaround.bar1s").status()).isEqualTo(MetricStatus.OK);

    harness = harness(Map.of());
    bar(104, 104, 102, 102, -1);
    bar(102, 102, 100, 100, -1);
    bar(101, 103, 101, 103, 3);
    bar(103, 103, 103, 103, 1);
    assertThat(harness.value("divergence.turnaround.bar1s")).as("no new low").isEqualTo("NONE");
  }

  @Test
  void trendsInOppositeDirectionsDiverge() {
    int[] closes = {100, 101, 103, 104, 106, 107};
    int[] deltas = {-3, -4, -3, -5, -3, -4};
    for (int i = 0; i < closes.length; i++) {
      bar(closes[i], closes[i], closes[i], closes[i], deltas[i]);
    }
    assertThat(harness.value("divergence.slope.bar1s")).as("five have closed").isEqualTo("NONE");
    assertThat(harness.metric("divergence.slope.bar1s").status())
        .isEqualTo(MetricStatus.WARMING_UP);
    bar(108, 108, 108, 108, -3);
    assertThat(harness.value("divergence.slope.bar1s")).isEqualTo("BEAR");
    assertThat(harness.real("divergence.slope.strength.bar1s")).isBetween(0.98, 1.0);
    bar(109, 109, 109, 109, -3);
    assertThat(harness.rows("divergence.recent.bar1s"))
        .as("a trend that goes on is one divergence")
        .filteredOn(row -> "SLOPE".equals(row.fields().get("form")))
        .hasSize(1);
  }

  /** A bar of five trades with these prices and this delta; those at high and low cancel out. */
  private void bar(int open, int high, int low, int close, int delta) {
    long millis = ++second * 1_000;
    print(millis, open, 2, Side.BUY);
    print(millis + 1, high, 2, Side.BUY);
    print(millis + 2, low, 2, Side.SELL);
    print(millis + 3, close, 2, Side.SELL);
    if (delta != 0) {
      print(millis + 4, close, Math.abs(delta), delta > 0 ? Side.BUY : Side.SELL);
    }
  }

  private void print(long millis, int price, int quantity, Side side) {
    harness.feed(T10.trade(T10.INSTRUMENT, ++id, millis, price, quantity, side));
  }

  private static BigDecimal big(long number) {
    return BigDecimal.valueOf(number);
  }

  /** The first bar does not count, as it may have begun before: it is fed here. */
  private CalculatorHarness harness(Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bars", "1s");
    properties.put("pivot.left", 2);
    properties.put("pivot.right", 2);
    properties.put("pivot.separation.min", 5);
    properties.put("pivot.separation.max", 8);
    properties.put("pivot.valid.bars", 2);
    properties.put("bar.median.bars", 4);
    properties.put("slope.bars", 6);
    properties.putAll(more);
    CalculatorHarness made =
        new CalculatorHarness(new DivergenceFactory(properties), T10.INSTRUMENT);
    made.feed(T10.trade(T10.INSTRUMENT, 1, 10, 100, 1, Side.BUY));
    id = 1;
    second = 0;
    return made;
  }
}
