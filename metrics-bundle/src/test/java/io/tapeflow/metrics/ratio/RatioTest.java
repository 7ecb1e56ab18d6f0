package io.tapeflow.metrics.ratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.MetricContract;
import io.tapeflow.metrics.T10;
import io.tapeflow.metrics.TradeMix;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RatioTest extends MetricContract {
  @Override
  protected MetricFactory factory() {
    return new RatioFactory(Map.of("windows.seconds", "1,10"));
  }

  /** The trades behind 1400 ms: 2 sold, 1 and 3 bought. */
  @Test
  void t10OverASecond() {
    CalculatorHarness t10 = new CalculatorHarness(factory(), T10.INSTRUMENT).feed(T10.trades());

    assertThat(t10.real("ratio.imbalance.1s")).isCloseTo(2.0 / 6, within(1e-15));
    assertThat(t10.real("ratio.aggressor.1s")).isCloseTo(4.0 / 6, within(1e-15));
    assertThat(t10.real("ratio.imbalance.trades.1s")).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(t10.real("ratio.aggressor.trades.1s")).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(t10.metric("ratio.imbalance.1s").status()).isEqualTo(MetricStatus.OK);
    assertThat(t10.metric("ratio.imbalance.10s").status()).isEqualTo(MetricStatus.WARMING_UP);
    assertThat(t10.real("ratio.imbalance.10s")).isCloseTo(2.0 / 28, within(1e-15));
  }

  @Test
  void aQuietWindowHasNoRatio() {
    CalculatorHarness t10 = new CalculatorHarness(factory(), T10.INSTRUMENT).feed(T10.trades());
    t10.passes(Duration.ofSeconds(10));

    assertThat(t10.metric("ratio.aggressor.10s").status()).isEqualTo(MetricStatus.NO_DATA);
    assertThat(t10.metric("ratio.aggressor.10s").reason()).isEqualTo("No trade in it");
  }

  @Test
  void agreesWithSumsOnPaper() {
    CalculatorHarness market = new CalculatorHarness(factory(), TradeMix.BACKWARDS.instrument());
    List<Trade> trades = TradeMix.BACKWARDS.trades(2_000, 8);
    market.feed(trades);
    BigDecimal bought = BigDecimal.ZERO;
    BigDecimal volume = BigDecimal.ZERO;
    long time = 0;
    for (Trade trade : trades) {
      time = Math.max(time, trade.timeMicros());
      if (time > market.nowMicros() - 10_000_000) {
        volume = volume.add(trade.quantityDecimal());
        bought = trade.aggressor() == Side.BUY ? bought.add(trade.quantityDecimal()) : bought;
      }
    }
    assertThat(market.real("ratio.aggressor.10s"))
        .isCloseTo(bought.doubleValue() / volume.doubleValue(), within(1e-14));
  }
}
