package io.tapeflow.metrics.large;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.RealDay;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole real days against orders put together and judged as one would on paper. */
class LargeRealDayTest {
  private static final int LOOK = 9_973;
  private static final int SAMPLE = 2_000;
  private static final long RECENT = 300_000_000;

  @ParameterizedTest
  @EnumSource
  void ordersAndRulesAreThoseOfThePlainOnes(RealDay day) {
    List<Trade> trades = day.trades();
    LargeFactory factory =
        new LargeFactory(
            Map.of(
                "sample.orders",
                SAMPLE,
                "rows",
                500,
                "tiers.quote",
                "50000,100000",
                "quotes.stable",
                "2019,2025,2026"));
    CalculatorHarness harness = new CalculatorHarness(factory, day.instrument());
    List<Order> orders = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < trades.size(); i++) {
      Trade trade = trades.get(i);
      harness.feed(trade);
      time = Math.max(time, trade.timeMicros());
      Order last = orders.isEmpty() ? null : orders.get(orders.size() - 1);
      boolean joins =
          last != null
              && last.side.equals(trade.aggressor().name())
              && last.stamp == trade.timeMicros();
      orders.add(joins ? orders.remove(orders.size() - 1).with(trade) : Order.of(trade, time));
      if (i % LOOK == LOOK - 1) {
        assertSame(harness, orders, time);
      }
    }
  }

  private static void assertSame(CalculatorHarness harness, List<Order> orders, long now) {
    List<String> expected = new ArrayList<>();
    long buys = 0;
    for (int i = orders.size() - 1; i >= 0 && orders.get(i).time > now - RECENT; i--) {
      Order order = orders.get(i);
      String rules = rules(orders, i);
      if (!rules.isEmpty() && expected.size() < 500) {
        expected.add(order.firstId + "-" + order.lastId + " " + order.side + " " + rules);
      }
      boolean high = order.value.compareTo(new BigDecimal(100_000)) >= 0;
      buys += high && order.side.equals("BUY") ? 1 : 0;
    }
    List<String> said =
        harness.rows("large.trades.300s").stream()
            .map(row -> row.fields())
            .map(
                row ->
                    row.get("firstId")
                        + "-"
                        + row.get("lastId")
                        + " "
                        + row.get("side")
                        + " "
                        + row.get("rules"))
            .toList();
    assertThat(said).isEqualTo(expected);
    assertThat(harness.number("large.count.buy.100k.300s").longValueExact()).isEqualTo(buys);

    // The last order may still grow, so it is not in the sample yet.
    long[] sample = sample(orders, orders.size() - 1);
    assertThat(harness.number("large.threshold.quantile"))
        .isEqualByComparingTo(harness.instrument().quantity(quantile(sample)));
  }

  private static String rules(List<Order> orders, int index) {
    List<String> rules = new ArrayList<>();
    Order order = orders.get(index);
    if (order.value.compareTo(new BigDecimal(50_000)) >= 0) {
      rules.add("TIER");
    }
    if (index >= 200) {
      if (order.quantity > quantile(sample(orders, index))) {
        rules.add("QUANTILE");
      }
      long[] earlier = sample(orders, index < 500 ? 200 : index / 500 * 500);
      double mean = Arrays.stream(earlier).average().orElseThrow();
      double variance =
          Arrays.stream(earlier).mapToDouble(s -> (s - mean) * (s - mean)).average().orElseThrow();
      if (order.quantity > mean + 2 * Math.sqrt(variance)) {
        rules.add("MEAN");
      }
      long median = earlier[(earlier.length - 1) / 2];
      long[] off = Arrays.stream(earlier).map(s -> Math.abs(s - median)).sorted().toArray();
      if (order.quantity > median + 6 * 1.4826 * off[(off.length - 1) / 2]) {
        rules.add("ROBUST");
      }
    }
    return String.join(" ", rules);
  }

  private static long quantile(long[] sorted) {
    return sorted[(int) Math.ceil(sorted.length * 99 / 100.0) - 1];
  }

  /** The quantities of the orders before one, ascending. */
  private static long[] sample(List<Order> orders, int before) {
    return orders.subList(Math.max(0, before - SAMPLE), before).stream()
        .mapToLong(order -> order.quantity)
        .sorted()
        .toArray();
  }

  private record Order(
      long firstId,
      long lastId,
      String side,
      long stamp,
      long time,
      long quantity,
      BigDecimal value) {
    static Order of(Trade trade, long time) {
      return new Order(
          trade.id(),
          trade.id(),
          trade.aggressor().name(),
          trade.timeMicros(),
          time,
          trade.quantity(),
          trade.priceDecimal().multiply(trade.quantityDecimal()));
    }

    Order with(Trade trade) {
      return new Order(
          firstId,
          trade.id(),
          side,
          stamp,
          Math.max(time, trade.timeMicros()),
          quantity + trade.quantity(),
          value.add(trade.priceDecimal().multiply(trade.quantityDecimal())));
    }
  }
}
