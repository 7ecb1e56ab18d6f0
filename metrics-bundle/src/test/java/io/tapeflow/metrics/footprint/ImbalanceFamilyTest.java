package io.tapeflow.metrics.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.trade.Side;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.MetricContract;
import io.tapeflow.metrics.T10;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImbalanceFamilyTest extends MetricContract {
  /** I5: price, sold, bought. */
  private static final long[][] I5 = {
    {103, 0, 9}, {102, 2, 12}, {101, 3, 10}, {100, 3, 1}, {99, 20, 0}
  };

  private static final int I5_TRADES = 8;

  private long nextId = 1;

  @Override
  protected MetricFactory factory() {
    return new ImbalanceFamily(
        Map.of("bars", "1s,40t", "row.ticks", "2", "percentile.bars", 3, "zone.bars", 2));
  }

  @Test
  void theVector() {
    CalculatorHarness harness = harness(Map.of("min.volume", "1"));
    feed(harness, I5);
    assertThat(harness.rows("diagonal.bar8t"))
        .extracting(ImbalanceFamilyTest::words)
        .containsExactly("99 SELL 20:1", "101 BUY 10:3", "102 BUY 12:3", "103 BUY 9:2");
    assertThat(harness.number("diagonal.buy.bar8t")).isEqualByComparingTo("3");
    assertThat(harness.number("diagonal.sell.bar8t")).isEqualByComparingTo("1");
    assertThat(harness.metric("diagonal.buy.bar8t").status()).isEqualTo(MetricStatus.OK);
    Map<String, Object> zone = zone(harness);
    assertThat(zone)
        .containsEntry("side", "BUY")
        .containsEntry("low", number(101))
        .containsEntry("high", number(103))
        .containsEntry("rows", number(3))
        .containsEntry("volume", number(31))
        .containsEntry("state", "OPEN")
        .doesNotContainKey("touchedAt");
    assertThat(harness.number("stacked.buy.bar8t")).isEqualByComparingTo("1");
    assertThat(harness.number("stacked.sell.bar8t")).isEqualByComparingTo("0");
  }

  @ParameterizedTest
  @CsvSource({"COUNT", "IGNORE"})
  void theTenTradesHaveNone(String zeros) {
    CalculatorHarness harness =
        harness(Map.of("bars", "10t", "min.volume", "1", "zeros", zeros)).feed(T10.trades());
    assertThat(harness.rows("diagonal.bar10t")).isEmpty();
    assertThat(harness.rows("stacked.bar10t")).isEmpty();
  }

  @Test
  void aNeighbourWithoutVolumeCountsOrNot() {
    long[][] rows = {{101, 0, 8}, {100, 0, 0}, {99, 0, 0}, {98, 1, 1}};
    Map<String, Object> settings = Map.of("bars", "3t", "min.volume", "1");
    CalculatorHarness counting = harness(settings);
    feed(counting, rows);
    assertThat(counting.rows("diagonal.bar3t"))
        .extracting(ImbalanceFamilyTest::words)
        .containsExactly("98 BUY 1:0", "98 SELL 1:0", "101 BUY 8:0");
    CalculatorHarness ignoring =
        harness(Map.of("bars", "3t", "min.volume", "1", "zeros", "IGNORE"));
    feed(ignoring, rows);
    assertThat(ignoring.rows("diagonal.bar3t")).isEmpty();
  }

  @Test
  void theRatioItselfIsAnImbalanceAndADifferenceIsNeeded() {
    CalculatorHarness harness = harness(Map.of("bars", "4t", "min.volume", "4"));
    // 9 against 3 is three times; 6 against 2 too; but 3 against 1 is below the least volume.
    feed(harness, new long[][] {{103, 0, 9}, {102, 3, 6}, {101, 2, 0}});
    assertThat(harness.rows("diagonal.bar4t"))
        .extracting(ImbalanceFamilyTest::words)
        .containsExactly("102 BUY 6:2", "103 BUY 9:3");
  }

  @Test
  void theLeastVolumeIsAPercentileOfTheLastRows() {
    CalculatorHarness harness = harness(Map.of("bars", "10t", "percentile.bars", 2));
    harness.feed(T10.trades());
    // Rows of 2, 9, 11, 6: sorted 2, 6, 9, 11; 60 % of four is the third.
    assertThat(harness.number("diagonal.least.bar10t")).isEqualByComparingTo("9");
    assertThat(harness.metric("diagonal.buy.bar10t").status()).isEqualTo(MetricStatus.WARMING_UP);
    assertThat(harness.metric("diagonal.buy.bar10t").reason()).isEqualTo("It has seen 1 of 2 bars");
  }

  @Test
  void aRowWithoutTheImbalanceBreaksAStack() {
    long[][] rows = {{104, 0, 9}, {103, 1, 9}, {102, 9, 1}, {101, 1, 9}, {100, 1, 0}};
    CalculatorHarness harness = harness(Map.of("bars", "9t", "min.volume", "2", "stack", 2));
    feed(harness, rows);
    feed(harness, new long[][] {{50, 1, 0}});
    assertThat(harness.rows("stacked.bar9t")).isEmpty();
  }

  @Test
  void aZoneIsOpenThenTouchedThenFilledThenGone() {
    CalculatorHarness harness = harness(Map.of("min.volume", "1", "zone.bars", 2));
    feed(harness, I5);
    trade(harness, 105);
    assertThat(zone(harness)).containsEntry("state", "OPEN");
    assertThat(harness.number("stacked.open.buy.bar8t")).isEqualByComparingTo("1");
    long touched = trade(harness, 104);
    assertThat(zone(harness))
        .containsEntry("state", "TOUCHED")
        .containsEntry("touchedAt", number(touched));
    trade(harness, 102);
    assertThat(zone(harness))
        .containsEntry("state", "FILLED")
        .containsEntry("touchedAt", number(touched));
    assertThat(harness.number("stacked.open.buy.bar8t")).isEqualByComparingTo("0");
    for (int i = 3; i < 2 * I5_TRADES; i++) {
      trade(harness, 200);
      assertThat(harness.rows("stacked.bar8t")).isNotEmpty();
    }
    trade(harness, 200);
    assertThat(zone(harness)).as("two bars later").containsEntry("age", number(2));
    for (int i = 0; i < I5_TRADES; i++) {
      trade(harness, 200);
    }
    assertThat(harness.rows("stacked.bar8t"))
        .noneMatch(row -> row.fields().get("low").toString().equals("101"));
  }

  @Test
  void aJumpPastAZoneDoesNotTouchIt() {
    CalculatorHarness harness = harness(Map.of("min.volume", "1"));
    feed(harness, I5);
    trade(harness, 110);
    trade(harness, 50);
    assertThat(zone(harness)).containsEntry("state", "OPEN");
  }

  @Test
  void theTradeThatClosesATimeBarIsLaterThanItsZones() {
    CalculatorHarness harness = harness(Map.of("bars", "1s", "min.volume", "1"));
    feed(harness, I5);
    harness.feed(T10.trade(T10.INSTRUMENT, nextId++, 1_500, 102, 1, Side.SELL));
    assertThat(harness.rows("stacked.bar1s").get(0).fields()).containsEntry("state", "FILLED");
  }

  /** Gives each side of each row one trade, from the highest. */
  private void feed(CalculatorHarness harness, long[][] rows) {
    for (long[] row : rows) {
      for (Side side : new Side[] {Side.SELL, Side.BUY}) {
        long quantity = row[side == Side.SELL ? 1 : 2];
        if (quantity > 0) {
          harness.feed(T10.trade(T10.INSTRUMENT, nextId, nextId, row[0], quantity, side));
          nextId++;
        }
      }
    }
  }

  /** A trade of 1; gives its time. */
  private long trade(CalculatorHarness harness, long price) {
    harness.feed(T10.trade(T10.INSTRUMENT, nextId, nextId, price, 1, Side.SELL));
    return 1_000 * nextId++;
  }

  private static Map<String, Object> zone(CalculatorHarness harness) {
    return harness.rows("stacked.bar8t").stream()
        .map(MetricRow::fields)
        .filter(fields -> fields.get("low").toString().equals("101"))
        .findFirst()
        .orElseThrow();
  }

  private static String words(MetricRow row) {
    Map<String, Object> fields = row.fields();
    return "%s %s %s:%s"
        .formatted(
            fields.get("price"), fields.get("side"), fields.get("volume"), fields.get("against"));
  }

  private static BigDecimal number(long number) {
    return BigDecimal.valueOf(number);
  }

  private static CalculatorHarness harness(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(Map.of("bars", "8t", "row.ticks", "1"));
    all.putAll(settings);
    return new CalculatorHarness(new ImbalanceFamily(all), T10.INSTRUMENT);
  }
}
