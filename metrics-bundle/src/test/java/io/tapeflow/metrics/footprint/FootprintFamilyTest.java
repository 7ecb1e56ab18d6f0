package io.tapeflow.metrics.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.MetricContract;
import io.tapeflow.metrics.T10;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FootprintFamilyTest extends MetricContract {
  @Override
  protected MetricFactory factory() {
    return new FootprintFamily(
        Map.of("bars", "1s,1s-carry,40t,100000q-split", "row.ticks", "3", "naked.bars", 5));
  }

  @Test
  void theVector() {
    CalculatorHarness harness = harness(Map.of("bars", "60s,10t")).feed(T10.trades());
    for (String name : List.of("footprint.forming.bar60s", "footprint.bar10t")) {
      assertThat(harness.rows(name))
          .extracting(FootprintFamilyTest::cells)
          .containsExactly("102: 0x6", "101: 5x6", "100: 6x3", "99: 2x0");
    }
    assertThat(harness.number("poc.bar10t")).isEqualByComparingTo("101");
    assertThat(harness.number("poc.volume.bar10t")).isEqualByComparingTo("11");
    assertThat(harness.number("footprint.row.bar10t")).isEqualByComparingTo("1");
    assertThat(harness.rows("footprint.bar10t").get(1).fields())
        .containsEntry("sellTrades", BigDecimal.valueOf(2))
        .containsEntry("buyTrades", BigDecimal.valueOf(2))
        .containsEntry("maxTrade", BigDecimal.valueOf(4));
  }

  @Test
  void rowsOfTwoTicksAreThoseOfOneMerged() {
    CalculatorHarness harness = harness(Map.of("bars", "10t", "row.ticks", 2)).feed(T10.trades());
    assertThat(harness.rows("footprint.bar10t"))
        .extracting(FootprintFamilyTest::cells)
        .containsExactly("102: 0x6", "100: 11x9", "98: 2x0");
  }

  @Test
  void aBarOverTooManyRowsSaysHowLargeTheyBecame() {
    CalculatorHarness harness = harness(Map.of("bars", "3t", "row.ticks", 1));
    long[] prices = {10_000, 12_000, 10_001};
    for (int i = 0; i < prices.length; i++) {
      harness.feed(T10.trade(T10.INSTRUMENT, i + 1, i, prices[i], 1, Side.BUY));
    }
    assertThat(harness.number("footprint.row.bar3t")).isEqualByComparingTo("2");
    assertThat(harness.rows("footprint.bar3t"))
        .extracting(FootprintFamilyTest::cells)
        .containsExactly("12000: 0x1", "10000: 0x2");
  }

  @Test
  void automaticRowsAreAPowerOfTenTicksNearOnePointOfTheBasis() {
    Instrument cents = new Instrument("venue", "X", 2, 5);
    assertThat(RowRule.AUTO.size(cents, 64_000_00)).isEqualTo(10_00);
    assertThat(RowRule.AUTO.size(cents, 48_000_00)).isEqualTo(10_00);
    assertThat(RowRule.AUTO.size(cents, 39_999_99)).isEqualTo(1_00);
    assertThat(RowRule.AUTO.size(cents, 2_500_00)).isEqualTo(10);
    assertThat(RowRule.AUTO.size(cents, 1)).isEqualTo(1);
    Instrument halves = new Instrument("venue", "X", 1, 0, 5);
    assertThat(RowRule.AUTO.size(halves, 64_000_0)).isEqualTo(5_0);
  }

  @Test
  void aPointOfControlIsNakedUntilATradeGoesThroughIt() {
    CalculatorHarness harness = harness(Map.of("bars", "2t", "naked.bars", 3));
    long[] prices = {100, 100, 105, 105, 103, 104, 99, 99};
    for (int i = 0; i < 4; i++) {
      harness.feed(T10.trade(T10.INSTRUMENT, i + 1, i, prices[i], 1, Side.BUY));
    }
    assertThat(naked(harness)).containsExactly("105", "100");
    for (int i = 4; i < 6; i++) {
      harness.feed(T10.trade(T10.INSTRUMENT, i + 1, i, prices[i], 1, Side.BUY));
    }
    assertThat(naked(harness)).containsExactly("103", "105", "100");
    for (int i = 6; i < 8; i++) {
      harness.feed(T10.trade(T10.INSTRUMENT, i + 1, i, prices[i], 1, Side.BUY));
    }
    // 104 to 99 went through 103 and 100; 105 was never seen again.
    assertThat(naked(harness)).containsExactly("99", "105");
    assertThat(harness.metric("poc.naked.bar2t").status()).isEqualTo(MetricStatus.OK);
  }

  @Test
  void theTradeThatClosesATimeBarIsLaterThanItsPointOfControl() {
    CalculatorHarness harness = harness(Map.of("bars", "1s"));
    harness.feed(T10.trade(T10.INSTRUMENT, 1, 0, 100, 5, Side.BUY));
    harness.feed(T10.trade(T10.INSTRUMENT, 2, 500, 103, 1, Side.BUY));
    harness.feed(T10.trade(T10.INSTRUMENT, 3, 1_500, 100, 1, Side.BUY));
    assertThat(harness.rows("poc.naked.bar1s")).isEmpty();
  }

  @Test
  void anEmptyBarHasNoPointOfControl() {
    CalculatorHarness harness = harness(Map.of("bars", "1s-carry"));
    harness.feed(T10.trade(T10.INSTRUMENT, 1, 0, 100, 1, Side.BUY));
    harness.feed(T10.trade(T10.INSTRUMENT, 2, 2_500, 100, 1, Side.BUY));
    assertThat(harness.metric("poc.bar1s-carry").status()).isEqualTo(MetricStatus.NO_DATA);
    assertThat(harness.metric("poc.bar1s-carry").reason())
        .isEqualTo("Nothing was traded in the bar");
  }

  private static List<String> naked(CalculatorHarness harness) {
    return harness.rows("poc.naked.bar2t").stream()
        .map(row -> row.fields().get("price").toString())
        .toList();
  }

  private static String cells(MetricRow row) {
    Map<String, Object> fields = row.fields();
    return fields.get("price") + ": " + fields.get("sell") + "x" + fields.get("buy");
  }

  private static CalculatorHarness harness(Map<String, Object> settings) {
    return new CalculatorHarness(new FootprintFamily(settings), T10.INSTRUMENT);
  }
}
