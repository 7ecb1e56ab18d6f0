package io.tapeflow.metrics.large;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.T10;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LargeTest {
  private static final Instrument BTC = new Instrument("test", "BTCUSDT", 2, 3);
  private static final Map<String, Object> DEFAULTS = Map.of();

  private final CalculatorHarness harness = harness(DEFAULTS, BTC);
  private long id;

  /** A sweep through three prices at one time is one order; alone, none of them is large. */
  @Test
  void tradesOfOneTimeAndSideAreOneOrder() {
    print(0, "50000.00", "0.500", Side.SELL);
    print(10, "50000.00", "0.500", Side.BUY);
    print(10, "50001.00", "0.500", Side.BUY);
    print(10, "50003.00", "0.200", Side.BUY);
    print(11, "50003.00", "0.900", Side.BUY);

    List<MetricRow> rows = harness.rows("large.trades.300s");
    assertThat(rows).hasSize(1);
    Map<String, Object> order = rows.get(0).fields();
    assertThat(order).containsEntry("firstId", new BigDecimal(2));
    assertThat(order).containsEntry("lastId", new BigDecimal(4));
    assertThat(order).containsEntry("side", "BUY").containsEntry("tier", "50k");
    assertThat(order).containsEntry("rules", "TIER").containsEntry("alert", "YES");
    assertThat(order).containsEntry("levels", new BigDecimal(3));
    assertThat((BigDecimal) order.get("quantity")).isEqualByComparingTo("1.2");
    assertThat((BigDecimal) order.get("value")).isEqualByComparingTo("60001.1");
    assertThat(((BigDecimal) order.get("slippageBps")).doubleValue()).isCloseTo(0.6, within(1e-9));
    assertThat((BigDecimal) order.get("durationMs")).isEqualByComparingTo("0");
  }

  /** The table of the newest has a bound, which must not hide the largest. */
  @Test
  void theLargestAreToldHoweverManySmallerOnesFollow() {
    CalculatorHarness two = harness(Map.of("rows", 2), BTC);
    two.feed(trade(1, 0, "50000.00", "9.000", Side.SELL));
    two.feed(trade(2, 1, "50000.00", "1.500", Side.BUY));
    two.feed(trade(3, 2, "50000.00", "2.000", Side.BUY));
    two.feed(trade(4, 3, "50000.00", "2.000", Side.SELL));

    assertThat(two.rows("large.trades.300s"))
        .extracting(it -> it.fields().get("firstId"))
        .containsExactly(new BigDecimal(4), new BigDecimal(3));
    assertThat(two.rows("large.top.300s"))
        .extracting(it -> it.fields().get("firstId"))
        .containsExactly(new BigDecimal(1), new BigDecimal(4));
  }

  @Test
  void tradesWithinTheConfiguredTimeAreOneOrder() {
    CalculatorHarness loose = harness(Map.of("join.ms", "500"), BTC);
    loose.feed(trade(1, 0, "50000.00", "0.600", Side.BUY));
    loose.feed(trade(2, 500, "50000.00", "0.600", Side.BUY));
    loose.feed(trade(3, 1_001, "50000.00", "0.600", Side.BUY));
    Map<String, Object> order = loose.rows("large.trades.300s").get(0).fields();
    assertThat(order).containsEntry("lastId", new BigDecimal(2));
    assertThat((BigDecimal) order.get("durationMs")).isEqualByComparingTo("500");
    assertThat(order).containsEntry("levels", new BigDecimal(1));
  }

  @Test
  void countsAndVolumesAreByTierAndSide() {
    print(0, "50000.00", "1.000", Side.BUY);
    print(1, "50000.00", "0.999", Side.BUY);
    print(2, "50000.00", "25.000", Side.BUY);
    print(3, "50000.00", "2.000", Side.SELL);
    print(4, "50000.00", "200.000", Side.SELL);

    assertThat(harness.number("large.count.buy.50k.300s")).isEqualByComparingTo("2");
    assertThat(harness.number("large.volume.buy.50k.300s")).isEqualByComparingTo("26");
    assertThat(harness.number("large.count.buy.1m.300s")).isEqualByComparingTo("1");
    assertThat(harness.number("large.count.buy.10m.300s")).isEqualByComparingTo("0");
    assertThat(harness.number("large.count.sell.100k.300s")).isEqualByComparingTo("2");
    assertThat(harness.number("large.volume.sell.10m.300s")).isEqualByComparingTo("200");
    assertThat(harness.number("large.net.300s")).isEqualByComparingTo("-176");
  }

  @Test
  void aDeadStreamKeepsNoRecentWhales() {
    print(0, "50000.00", "200.000", Side.SELL);
    harness.passes(Duration.ofSeconds(299));
    assertThat(harness.number("large.count.sell.10m.300s")).isEqualByComparingTo("1");
    assertThat(harness.value("large.alert")).isEqualTo("SELL");
    harness.passes(Duration.ofSeconds(1));
    assertThat(harness.number("large.count.sell.10m.300s")).isEqualByComparingTo("0");
    assertThat(harness.rows("large.trades.300s")).isEmpty();
    assertThat(harness.value("large.alert")).isEqualTo("NONE");
    assertThat(harness.value("large.alert.id")).isNull();
  }

  @Test
  void aGreatOrderIsNotLostBehindManySmallerOnes() {
    print(0, "50000.00", "20.000", Side.BUY);
    for (int i = 1; i <= 100; i++) {
      print(i, "50000.00", "2.000", Side.BUY);
    }
    assertThat(harness.rows("large.trades.300s")).hasSize(50);
    assertThat(harness.rows("large.peaks.buy.300s"))
        .extracting(row -> row.fields().get("value") + " at " + row.fields().get("firstId"))
        .containsExactly("100000.00000 at 101", "1000000.00000 at 1");
    assertThat(harness.rows("large.peaks.sell.300s")).isEmpty();
    harness.passes(Duration.ofMillis(299_900));
    assertThat(harness.rows("large.peaks.buy.300s")).hasSize(1);
  }

  /** Of any value and age the newest is among them, also while an order grows. */
  @Test
  void peaksTellWhetherAnOrderOfAnyValueHasComeOfLate() {
    Random random = new Random(11);
    CalculatorHarness some = harness(Map.of("recent.seconds", "20"), BTC);
    List<long[]> orders = new ArrayList<>();
    long millis = 0;
    for (int i = 1; i <= 2_000; i++) {
      boolean joins = !orders.isEmpty() && random.nextInt(3) == 0;
      millis += joins ? 0 : 1 + random.nextInt(400);
      long size = 1 + (long) (10_000 * Math.pow(random.nextDouble(), 6));
      some.feed(T10.trade(BTC, i, millis, 100, size, Side.BUY));
      if (joins) {
        orders.get(orders.size() - 1)[1] += size * 100;
      } else {
        orders.add(new long[] {millis, size * 100});
      }
      long now = millis;
      for (long age : new long[] {1_000, 5_000, 20_000}) {
        long greatest =
            orders.stream()
                .filter(order -> order[0] > now - age)
                .mapToLong(order -> order[1])
                .max()
                .orElse(0);
        assertThat(greatest(some.rows("large.peaks.buy.20s"), now - age)).isEqualTo(greatest);
      }
    }
  }

  private static long greatest(List<MetricRow> peaks, long afterMillis) {
    long start = T10.trade(BTC, 1, 0, 1, 1, Side.BUY).timeMicros();
    return peaks.stream()
        .map(MetricRow::fields)
        .filter(
            it ->
                ((BigDecimal) it.get("timeMicros")).longValueExact() - start > afterMillis * 1_000)
        .map(it -> ((BigDecimal) it.get("value")).unscaledValue().longValueExact())
        .reduce(0L, Math::max);
  }

  @Test
  void eachOrderIsThereOnceWhileItGrowsAndAfterwards() {
    Set<Object> seen = new HashSet<>();
    print(0, "50000.00", "1.000", Side.BUY);
    for (int i = 0; i < 5; i++) {
      print(100, "50000.00", "1.000", Side.BUY);
      assertThat(harness.rows("large.trades.300s")).hasSize(2);
      seen.add(harness.rows("large.trades.300s").get(0).fields().get("firstId"));
    }
    print(200, "50000.00", "0.001", Side.SELL);
    assertThat(harness.rows("large.trades.300s")).hasSize(2);
    seen.add(harness.rows("large.trades.300s").get(0).fields().get("firstId"));
    assertThat(seen).containsExactly(new BigDecimal(2));
  }

  @Test
  void aSideThatHasJustAlertedCoolsDown() {
    print(0, "50000.00", "1.000", Side.BUY);
    print(1_000, "50000.00", "1.000", Side.SELL);
    print(4_999, "50000.00", "2.000", Side.BUY);
    assertThat(harness.value("large.alert")).isEqualTo("SELL");
    assertThat(harness.number("large.alert.id")).isEqualByComparingTo("2");
    print(5_000, "50000.00", "3.000", Side.BUY);
    assertThat(harness.value("large.alert")).isEqualTo("BUY");
    assertThat(harness.number("large.alert.id")).isEqualByComparingTo("4");
    assertThat(harness.rows("large.trades.300s"))
        .extracting(row -> row.fields().get("alert"))
        .containsExactly("YES", "NO", "YES", "YES");
  }

  @Test
  void withoutAStableQuoteThereAreNoTiersButWords() {
    CalculatorHarness cross = harness(DEFAULTS, new Instrument("test", "ETHBTC", 2, 3));
    cross.feed(trade(1, 0, "50000.00", "900.000", Side.BUY));
    assertThat(cross.value("large.count.buy.50k.300s")).isNull();
    cross.passes(Duration.ofMinutes(5));
    assertThat(cross.metric("large.count.buy.50k.300s").status()).isEqualTo(MetricStatus.NO_DATA);
    assertThat(cross.metric("large.count.buy.50k.300s").reason())
        .isEqualTo("ETHBTC is not quoted in a stable coin, so it has no tiers");
  }

  @Test
  void statisticsNeedTwoHundredOrders() {
    for (int i = 0; i < 200; i++) {
      print(i * 10L, "1.00", "0.010", i % 2 == 0 ? Side.BUY : Side.SELL);
    }
    // The last one is not complete: nobody knows yet that none joins it.
    assertThat(harness.metric("large.threshold.quantile").status())
        .isEqualTo(MetricStatus.WARMING_UP);
    print(1_995, "1.00", "9.000", Side.BUY);
    assertThat(harness.number("large.threshold.quantile")).isEqualByComparingTo("0.01");
    Map<String, Object> order = harness.rows("large.trades.300s").get(0).fields();
    assertThat(order).containsEntry("rules", "QUANTILE MEAN ROBUST").doesNotContainKey("tier");
  }

  @Test
  void thresholdsAreThoseOfTheOrdersBefore() {
    Random random = new Random(3);
    List<Long> sizes = new ArrayList<>();
    CalculatorHarness few = harness(Map.of("sample.orders", "400"), BTC);
    for (int i = 0; i < 1_001; i++) {
      long size = 1 + (long) (100_000 * Math.pow(random.nextDouble(), 5));
      sizes.add(size);
      Side side = i % 2 == 0 ? Side.BUY : Side.SELL;
      few.feed(T10.trade(BTC, i + 1, i, 1, size, side));
    }
    long[] sample = sizes.subList(600, 1_000).stream().mapToLong(s -> s).sorted().toArray();
    double mean = Arrays.stream(sample).average().orElseThrow();
    double sigma =
        Math.sqrt(Arrays.stream(sample).mapToDouble(s -> (s - mean) * (s - mean)).sum() / 400);
    long median = sample[199];
    long deviation = Arrays.stream(sample).map(s -> Math.abs(s - median)).sorted().toArray()[199];

    assertThat(few.number("large.threshold.quantile").movePointRight(3).longValueExact())
        .isEqualTo(sample[395]);
    assertThat(few.real("large.threshold.mean")).isCloseTo((mean + 2 * sigma) / 1e3, within(1e-9));
    assertThat(few.real("large.threshold.robust"))
        .isCloseTo((median + 6 * 1.4826 * deviation) / 1e3, within(1e-9));
  }

  @Test
  void aGapEndsAnOrder() {
    print(0, "50000.00", "0.600", Side.BUY);
    id++;
    harness.gap(2, 2);
    print(0, "50000.00", "0.600", Side.BUY);
    assertThat(harness.rows("large.trades.300s")).isEmpty();
  }

  private void print(long millis, String price, String quantity, Side side) {
    harness.feed(trade(++id, millis, price, quantity, side));
  }

  private static Trade trade(long id, long millis, String price, String quantity, Side side) {
    return T10.trade(
        BTC,
        id,
        millis,
        new BigDecimal(price).unscaledValue().longValueExact(),
        new BigDecimal(quantity).unscaledValue().longValueExact(),
        side);
  }

  private static CalculatorHarness harness(Map<String, Object> properties, Instrument instrument) {
    return new CalculatorHarness(new LargeFactory(properties), instrument);
  }
}
