package io.tapeflow.metrics.vwap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.RealDay;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole real days against means and deviations of decimals, in two passes. */
class VwapRealDayTest {
  private static final int LOOK = 25_000;
  private static final MathContext MANY = new MathContext(50);

  @ParameterizedTest
  @EnumSource
  void meansAndDeviationsAreThoseOfTwoPlainPasses(RealDay day) {
    List<Trade> trades = day.trades();
    CalculatorHarness harness =
        new CalculatorHarness(new VwapFactory(Map.of("windows.seconds", "300")), day.instrument());
    for (int i = 0; i < trades.size(); i++) {
      harness.feed(trades.get(i));
      if (i % LOOK == LOOK - 1 || i == trades.size() - 1) {
        List<Trade> soFar = trades.subList(0, i + 1);
        assertMoments(harness, "session", soFar);
        assertMoments(harness, "300s", window(soFar, harness.nowMicros() - 300_000_000));
      }
    }
  }

  private static void assertMoments(CalculatorHarness harness, String scope, List<Trade> trades) {
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal value = BigDecimal.ZERO;
    for (Trade trade : trades) {
      volume = volume.add(trade.quantityDecimal());
      value = value.add(trade.priceDecimal().multiply(trade.quantityDecimal()));
    }
    BigDecimal mean = value.divide(volume, MANY);
    BigDecimal squares = BigDecimal.ZERO;
    for (Trade trade : trades) {
      BigDecimal off = trade.priceDecimal().subtract(mean);
      squares = squares.add(off.multiply(off, MANY).multiply(trade.quantityDecimal(), MANY), MANY);
    }
    double sigma = Math.sqrt(squares.divide(volume, MANY).doubleValue());
    if ("session".equals(scope)) {
      assertThat(harness.number("vwap.session"))
          .isEqualByComparingTo(mean.round(MathContext.DECIMAL64));
    }
    assertThat(harness.real("vwap.sigma." + scope)).isCloseTo(sigma, within(1e-14 * sigma));
    BigDecimal last = trades.get(trades.size() - 1).priceDecimal();
    double z = last.subtract(mean).doubleValue() / sigma;
    assertThat(harness.real("vwap.z." + scope)).isCloseTo(z, within(1e-12 * Math.abs(z)));
  }

  private static List<Trade> window(List<Trade> trades, long from) {
    List<Trade> inside = new ArrayList<>();
    long time = 0;
    for (Trade trade : trades) {
      time = Math.max(time, trade.timeMicros());
      if (time > from) {
        inside.add(trade);
      }
    }
    return inside;
  }
}
