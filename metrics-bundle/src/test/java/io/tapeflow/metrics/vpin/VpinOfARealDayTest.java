package io.tapeflow.metrics.vpin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.RealDay;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against buckets cut on paper: each covers a stretch of the running sum of volume. */
class VpinOfARealDayTest {
  private static final int BUCKETS = 50;

  @ParameterizedTest
  @CsvSource({"BTCUSDC_2025, 20", "BTCUSD_PERP_2026, 50000", "BTCUSDT_2019, 201.7"})
  void exact(RealDay day, BigDecimal size) {
    List<Trade> trades = day.trades();
    VpinFactory factory =
        new VpinFactory(Map.of("bucket.volume", size, "buckets", BUCKETS, "rank.buckets", 20));
    CalculatorHarness market = new CalculatorHarness(factory, day.instrument()).feed(trades);

    List<BigDecimal> imbalances = imbalances(trades, size);
    assertThat(imbalances).hasSizeGreaterThan(BUCKETS + 20);
    List<Double> values = new ArrayList<>();
    for (int last = BUCKETS; last <= imbalances.size(); last++) {
      values.add(vpin(imbalances.subList(last - BUCKETS, last), size));
    }
    double newest = values.get(values.size() - 1);
    assertThat(market.real("vpin.exact")).isCloseTo(newest, within(1e-13));
    List<Double> ranked = values.subList(values.size() - 20, values.size());
    long below = ranked.stream().filter(value -> value <= newest + 1e-13).count();
    assertThat(market.real("vpin.exact.rank")).isEqualTo(below / 20.0);
    assertThat(market.real("vpin.bvc")).isBetween(0.0, 1.0);
    assertThat(market.metric("vpin.exact").usable()).isTrue();
  }

  private static double vpin(List<BigDecimal> imbalances, BigDecimal size) {
    BigDecimal sum =
        imbalances.stream().map(BigDecimal::abs).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal volume = size.multiply(BigDecimal.valueOf(imbalances.size()));
    return sum.divide(volume, MathContext.DECIMAL128).doubleValue();
  }

  private static List<BigDecimal> imbalances(List<Trade> trades, BigDecimal size) {
    List<BigDecimal> closed = new ArrayList<>();
    BigDecimal from = BigDecimal.ZERO;
    BigDecimal imbalance = BigDecimal.ZERO;
    for (Trade trade : trades) {
      BigDecimal to = from.add(trade.quantityDecimal());
      BigDecimal edge = size.multiply(BigDecimal.valueOf(closed.size() + 1));
      while (to.compareTo(edge) >= 0) {
        closed.add(imbalance.add(signed(trade, edge.subtract(from))));
        imbalance = BigDecimal.ZERO;
        from = edge;
        edge = edge.add(size);
      }
      imbalance = imbalance.add(signed(trade, to.subtract(from)));
      from = to;
    }
    return closed;
  }

  private static BigDecimal signed(Trade trade, BigDecimal quantity) {
    return trade.aggressor() == Side.BUY ? quantity : quantity.negate();
  }
}
