package io.tapeflow.metrics.vwap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.T10;
import io.tapeflow.metrics.TradeMix;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Against means and deviations computed as one would on paper. */
class VwapOracleTest {
  private static final MathContext MANY = new MathContext(60);

  @Property(tries = 60)
  void anyTradesGiveTheMomentsOfTheOracle(
      @ForAll TradeMix mix, @ForAll @LongRange(min = 1, max = 1_000_000) long seed) {
    CalculatorHarness harness =
        new CalculatorHarness(new VwapFactory(Map.of("windows.seconds", "3")), mix.instrument());
    List<Trade> trades = mix.trades(300, seed);
    harness.feed(trades);
    assertMoments(harness, "3s", window(trades, harness.nowMicros() - 3_000_000));
  }

  /** The bound that is promised: a relative error of 1e-14 whatever has come and gone. */
  @Test
  void nothingDriftsOverMillionsOfEvictions() {
    Instrument bitcoin = new Instrument("test", "BTCUSDT", 8, 8);
    CalculatorHarness harness =
        new CalculatorHarness(new VwapFactory(Map.of("windows.seconds", "1")), bitcoin);
    Random random = new Random(7);
    List<Trade> recent = new ArrayList<>();
    long price = 6_400_000_000_000L;
    int count = 3_000_000;
    for (int id = 1; id <= count; id++) {
      // A crash by nine tenths half way: large squares have to go without a trace.
      price = id == count / 2 ? price / 10 : price + random.nextInt(2_000_001) - 1_000_000;
      long size = 1 + (long) (5e9 * Math.pow(random.nextDouble(), 6));
      Trade trade = T10.trade(bitcoin, id, id * 2L, price, size, Side.BUY);
      harness.feed(trade);
      if (id > count - 500) {
        recent.add(trade);
      }
    }
    assertMoments(harness, "1s", window(recent, harness.nowMicros() - 1_000_000));
  }

  private static void assertMoments(CalculatorHarness harness, String scope, List<Trade> trades) {
    BigDecimal weight = BigDecimal.ZERO;
    BigDecimal value = BigDecimal.ZERO;
    for (Trade trade : trades) {
      weight = weight.add(trade.quantityDecimal());
      value = value.add(trade.priceDecimal().multiply(trade.quantityDecimal()));
    }
    BigDecimal mean = value.divide(weight, MANY);
    BigDecimal spread = BigDecimal.ZERO;
    for (Trade trade : trades) {
      BigDecimal off = trade.priceDecimal().subtract(mean);
      spread = spread.add(off.multiply(off).multiply(trade.quantityDecimal()));
    }
    double sigma = Math.sqrt(spread.divide(weight, MANY).doubleValue());
    BigDecimal last = trades.get(trades.size() - 1).priceDecimal();
    assertThat(harness.real("vwap.sigma." + scope)).isCloseTo(sigma, within(1e-14 * sigma));
    if (sigma > 0) {
      double z = last.subtract(mean).doubleValue() / sigma;
      assertThat(harness.real("vwap.z." + scope)).isCloseTo(z, within(1e-13 * Math.abs(z)));
    }
    assertThat(harness.real("vwap.upper2." + scope))
        .isCloseTo(mean.doubleValue() + 2 * sigma, within(1e-14 * mean.doubleValue()));
  }

  /** Trades later than a time; those printed out of order count at the latest time before them. */
  private static List<Trade> window(List<Trade> trades, long from) {
    List<Trade> inside = new ArrayList<>();
    long time = Long.MIN_VALUE;
    for (Trade trade : trades) {
      time = Math.max(time, trade.timeMicros());
      if (time > from) {
        inside.add(trade);
      }
    }
    return inside;
  }
}
