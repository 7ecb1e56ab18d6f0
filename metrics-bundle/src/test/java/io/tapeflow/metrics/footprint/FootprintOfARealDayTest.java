package io.tapeflow.metrics.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.Paper;
import io.tapeflow.metrics.Paper.Cell;
import io.tapeflow.metrics.RealDay;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every minute's footprint of a whole day and what is read from it, against paper and pencil. */
class FootprintOfARealDayTest {
  private static final BigDecimal THREE = BigDecimal.valueOf(3);
  private static final int BARS = 20;

  private int absorbed;

  @ParameterizedTest
  @EnumSource
  void footprintsImbalancesAndAuctions(RealDay day) {
    List<List<Trade>> minutes = Paper.intervals(day.trades(), 60_000_000);
    CalculatorHarness footprint =
        new CalculatorHarness(new FootprintFamily(Map.of()), day.instrument());
    CalculatorHarness imbalance =
        new CalculatorHarness(new ImbalanceFamily(Map.of()), day.instrument());
    CalculatorHarness auction =
        new CalculatorHarness(new AuctionFamily(Map.of("row.ticks", "auto")), day.instrument());
    Deque<List<BigDecimal>> volumes = new ArrayDeque<>();
    for (int i = 0; i < minutes.size(); i++) {
      for (CalculatorHarness harness : List.of(footprint, imbalance, auction)) {
        // The first trade of a minute closes the one before.
        harness.feed(minutes.get(i).get(0));
      }
      if (i > 0) {
        List<Trade> minute = minutes.get(i - 1);
        BigDecimal size = Paper.rowSize(minute.get(0));
        SortedMap<BigDecimal, Cell> rows = Paper.rows(minute, size);
        assertFootprint(footprint, rows, size);
        volumes.addLast(rows.values().stream().map(Cell::volume).toList());
        if (volumes.size() > BARS) {
          volumes.removeFirst();
        }
        assertImbalances(imbalance, rows, size, percentile(volumes));
        assertAbsorption(imbalance, minute, rows, size, percentile(volumes));
        assertAuction(auction, rows, size);
      }
      for (CalculatorHarness harness : List.of(footprint, imbalance, auction)) {
        harness.feed(minutes.get(i).subList(1, minutes.get(i).size()));
      }
    }
    assertThat(absorbed).as("minutes with absorption").isPositive();
  }

  private static void assertFootprint(
      CalculatorHarness harness, SortedMap<BigDecimal, Cell> rows, BigDecimal size) {
    assertThat(harness.number("footprint.row.bar60s")).isEqualByComparingTo(size);
    assertThat(harness.number("poc.bar60s")).isEqualByComparingTo(Paper.poc(rows));
    List<String> expected = new ArrayList<>();
    rows.forEach(
        (price, cell) -> expected.add(0, words(price) + words(cell.sell()) + words(cell.buy())));
    assertThat(harness.rows("footprint.bar60s"))
        .extracting(row -> words(row, "price") + words(row, "sell") + words(row, "buy"))
        .isEqualTo(expected);
  }

  private static void assertImbalances(
      CalculatorHarness harness,
      SortedMap<BigDecimal, Cell> rows,
      BigDecimal size,
      BigDecimal least) {
    assertThat(harness.number("diagonal.least.bar60s")).isEqualByComparingTo(least);
    BigDecimal difference = least.divide(BigDecimal.valueOf(2));
    List<String> expected = new ArrayList<>();
    int buyRun = 0;
    int buyZones = 0;
    for (BigDecimal price = rows.firstKey();
        price.compareTo(rows.lastKey()) <= 0;
        price = price.add(size)) {
      BigDecimal buy = rows.getOrDefault(price, Cell.NONE).buy();
      BigDecimal sell = rows.getOrDefault(price, Cell.NONE).sell();
      BigDecimal below = rows.getOrDefault(price.subtract(size), Cell.NONE).sell();
      BigDecimal above = rows.getOrDefault(price.add(size), Cell.NONE).buy();
      boolean bought = isImbalance(buy, below, least, difference);
      if (bought) {
        expected.add(words(price) + "BUY" + words(buy) + words(below));
      }
      if (isImbalance(sell, above, least, difference)) {
        expected.add(words(price) + "SELL" + words(sell) + words(above));
      }
      buyRun = bought ? buyRun + 1 : 0;
      buyZones += buyRun == 3 ? 1 : 0;
    }
    assertThat(harness.rows("diagonal.bar60s"))
        .extracting(
            row ->
                words(row, "price")
                    + row.fields().get("side")
                    + words(row, "volume")
                    + words(row, "against"))
        .isEqualTo(expected);
    assertThat(harness.number("stacked.buy.bar60s"))
        .isEqualByComparingTo(BigDecimal.valueOf(buyZones));
  }

  private void assertAbsorption(
      CalculatorHarness harness,
      List<Trade> minute,
      SortedMap<BigDecimal, Cell> rows,
      BigDecimal size,
      BigDecimal least) {
    BigDecimal difference = least.divide(BigDecimal.valueOf(2));
    int sells = 0;
    BigDecimal price = rows.firstKey();
    while (isImbalance(
        rows.getOrDefault(price, Cell.NONE).sell(),
        rows.getOrDefault(price.add(size), Cell.NONE).buy(),
        least,
        difference)) {
      sells++;
      price = price.add(size);
    }
    int buys = 0;
    price = rows.lastKey();
    while (isImbalance(
        rows.getOrDefault(price, Cell.NONE).buy(),
        rows.getOrDefault(price.subtract(size), Cell.NONE).sell(),
        least,
        difference)) {
      buys++;
      price = price.subtract(size);
    }
    long high = minute.stream().mapToLong(Trade::price).max().orElseThrow();
    long low = minute.stream().mapToLong(Trade::price).min().orElseThrow();
    long twiceClose = 2 * minute.get(minute.size() - 1).price();
    boolean selling = sells >= 3 && twiceClose >= high + low;
    boolean buying = buys >= 3 && twiceClose <= high + low;
    assertThat(harness.value("absorption.footprint.bar60s"))
        .isEqualTo(selling ? buying ? "BOTH" : "SELL" : buying ? "BUY" : "NONE");
    absorbed += selling || buying ? 1 : 0;
  }

  private static void assertAuction(
      CalculatorHarness harness, SortedMap<BigDecimal, Cell> rows, BigDecimal size) {
    Cell high = rows.get(rows.lastKey());
    Cell low = rows.get(rows.firstKey());
    assertThat(harness.value("auction.high.bar60s").equals("UNFINISHED"))
        .isEqualTo(high.buy().signum() > 0 && high.sell().signum() > 0);
    assertThat(harness.value("auction.low.bar60s").equals("UNFINISHED"))
        .isEqualTo(low.buy().signum() > 0 && low.sell().signum() > 0);
    if (low.sell().signum() > 0) {
      Cell above = rows.getOrDefault(rows.firstKey().add(size), Cell.NONE);
      double ratio = above.sell().doubleValue() / low.sell().doubleValue();
      assertThat(harness.real("auction.ratio.low.bar60s")).isCloseTo(ratio, withinPercentage(1e-9));
    } else {
      assertThat(harness.value("auction.ratio.low.bar60s")).isNull();
    }
  }

  private static boolean isImbalance(
      BigDecimal volume, BigDecimal against, BigDecimal least, BigDecimal difference) {
    return volume.signum() > 0
        && volume.compareTo(THREE.multiply(against)) >= 0
        && volume.compareTo(least) >= 0
        && volume.subtract(against).compareTo(difference) >= 0;
  }

  /** The least of the volumes that at least 60 % of them do not exceed. */
  private static BigDecimal percentile(Deque<List<BigDecimal>> volumes) {
    List<BigDecimal> sorted = volumes.stream().flatMap(List::stream).sorted().toList();
    return sorted.get((int) Math.ceil(sorted.size() * 60 / 100.0) - 1);
  }

  private static String words(MetricRow row, String field) {
    return words((BigDecimal) row.fields().get(field));
  }

  private static String words(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString() + " ";
  }
}
