package io.tapeflow.metrics.hawkes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.metrics.CalculatorHarness;
import io.tapeflow.metrics.MetricContract;
import io.tapeflow.metrics.T10;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class HawkesTest extends MetricContract {
  private static final Instrument X = new Instrument("test", "X", 0, 0);

  @Override
  protected MetricFactory factory() {
    return new HawkesFactory(Map.of("base.half.life.seconds", 10));
  }

  @Test
  void vector() {
    Excitation excitation = new Excitation(0.8, new Decay(2));
    double mu = 0.5;
    double[] intensities = {0.5, 0.794303552937, 1.395939971992, 0.780336991861};
    long[] times = {0, 500_000, 600_000, 1_500_000};
    for (int i = 0; i < times.length; i++) {
      assertThat(mu + excitation.at(times[i])).isCloseTo(intensities[i], within(1e-12));
      excitation.event(times[i]);
    }
  }

  @Test
  void eventsOfOneTimeAreABatch() {
    Excitation excitation = new Excitation(0.8, new Decay(2));
    excitation.event(7);
    excitation.event(7);
    excitation.event(7);
    assertThat(excitation.at(7)).isCloseTo(2.4, within(1e-15));
  }

  @Property
  void tabledDecayIsTheExponential(
      @ForAll @DoubleRange(min = 1e-4, max = 700) @Scale(4) double beta,
      @ForAll @LongRange(min = 0, max = 5_000_000_000L) long micros) {
    double exact = StrictMath.exp(-beta / 1e6 * micros);
    assertThat(new Decay(beta).after(micros)).isCloseTo(exact, within(exact * 1e-12 + 1e-300));
  }

  /** 10 buys a second and 5 sells: that is what the intensities are on the average. */
  @Test
  void isTheRateOfASteadyMarketAndFadesInSilence() {
    CalculatorHarness market = new CalculatorHarness(factory(), X);
    long id = 0;
    for (long millis = 0; millis < 100_000; millis += 100) {
      market.feed(T10.trade(X, ++id, millis, 100, 1, Side.BUY));
      if (millis % 200 == 0) {
        market.feed(T10.trade(X, ++id, millis, 100, 1, Side.SELL));
      }
    }
    assertThat(market.metric("hawkes.buy.10s").status()).isEqualTo(MetricStatus.OK);
    assertThat(market.real("hawkes.buy.10s")).isCloseTo(10, within(0.6));
    assertThat(market.real("hawkes.sell.10s")).isCloseTo(5, within(0.6));
    assertThat(market.real("hawkes.skew.10s")).isCloseTo(1.0 / 3, within(0.05));

    double before = market.real("hawkes.buy.1s");
    market.passes(Duration.ofSeconds(60));
    assertThat(market.real("hawkes.buy.1s")).isLessThan(before / 50);
  }

  @Test
  void warmsUpAsLongAsItsBaseRateNeeds() {
    CalculatorHarness market = new CalculatorHarness(factory(), X);
    market.feed(T10.trade(X, 1, 0, 100, 1, Side.BUY)).passes(Duration.ofSeconds(20));
    assertThat(market.metric("hawkes.buy.1s").status()).isEqualTo(MetricStatus.WARMING_UP);
    assertThat(market.metric("hawkes.buy.1s").reason()).isEqualTo("Covers 20 of 50 s");
    market.passes(Duration.ofSeconds(30));
    assertThat(market.metric("hawkes.buy.1s").status()).isEqualTo(MetricStatus.OK);
  }
}
