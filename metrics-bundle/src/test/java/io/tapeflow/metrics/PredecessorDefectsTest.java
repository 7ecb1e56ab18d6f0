package io.tapeflow.metrics;

import static io.tapeflow.metrics.TestMarket.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.metrics.cvd.CvdFactory;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the system before this one got wrong, one by one, as far as the engine is concerned. */
class PredecessorDefectsTest {
  private final TestMarket market = new TestMarket();

  PredecessorDefectsTest() {
    AllFamilies.make().forEach((name, factory) -> market.family(name, 0, factory));
    market.component.modified(Map.of("stale.ms", 600_000));
  }

  /** Windows of 300 s were silently cut to 60 s. */
  @Test
  void aWindowIsAsLongAsItSays() {
    for (int second = 0; second < 299; second++) {
      market.buy("100", "1").passSeconds(1);
    }
    MetricValue early = market.metric("volume.300s");
    assertThat(early.status()).isEqualTo(MetricStatus.WARMING_UP);
    assertThat(early.value()).isEqualTo(decimal("299"));
    market.buy("100", "1").passSeconds(1).buy("100", "1");
    MetricValue whole = market.metric("volume.300s");
    assertThat(whole.status()).isEqualTo(MetricStatus.OK);
    assertThat(whole.coverage()).isEqualTo(Duration.ofMinutes(5));
    assertThat(whole.value()).isEqualTo(decimal("300"));
  }

  /** CVD restarted on every call. */
  @Test
  void cvdGoesOnWhateverIsAsked() {
    market.family("cvd", 0, new CvdFactory(Map.of()));
    for (int i = 1; i <= 500; i++) {
      market.passSeconds(1).buy("100", "1");
      assertThat(market.value("cvd.start")).isEqualTo(decimal(Integer.toString(i)));
      assertThat(market.component.metric("BTCUSDT", "cvd.session").value())
          .isEqualTo(decimal(Integer.toString(i)));
    }
  }

  /**
   * Volume spiked to exactly 6.0 in the first ten seconds, because a baseline assumed a history
   * that was not there. A steady market is steady from its first second on.
   */
  @Test
  void aSteadyMarketShowsNoSpikeWhenItIsFirstSeen() {
    for (int tick = 0; tick < 1_200; tick++) {
      market.passes(Duration.ofMillis(50));
      if (tick % 2 == 0) {
        market.buy("100", "1");
      } else {
        market.sell("100", "1");
      }
      MetricValue rate = market.metric("rate.30s");
      if (tick < 600) {
        assertThat(rate.status()).isEqualTo(MetricStatus.WARMING_UP);
        assertThat(rate.value()).isNull();
      } else {
        assertThat(rate.value()).isEqualTo(decimal("20"));
      }
    }
  }

  /** Symbols in the wrong case, or in the broker's spelling, found nothing and read as neutral. */
  @Test
  void aSymbolThatNobodyKnowsIsNotNeutral() {
    market.buy("100", "1");
    for (String name : new String[] {"btcusdt", "BTCUSDTc", "BTC-USDT", " BTCUSDT"}) {
      MetricSnapshot snapshot = market.component.snapshot(name);
      assertThat(snapshot.status()).isEqualTo(MetricStatus.UNKNOWN_INSTRUMENT);
      assertThat(snapshot.metrics()).isEmpty();
      MetricValue value = market.component.metric(name, "dominant.30s");
      assertThat(value.status()).isEqualTo(MetricStatus.UNKNOWN_INSTRUMENT);
      assertThat(value.value()).isNull();
      assertThat(value.reason()).contains("binance-spot:BTCUSDT");
    }
  }

  /** A dead stream kept "recent" values for ever: whales, deltas, whatever there was. */
  @Test
  void nothingOfADeadStreamIsOk() {
    for (int i = 0; i < 400; i++) {
      market.passSeconds(1).buy("100", "1").sell("99", "2");
    }
    market.stream.backingOff(ErrorKind.TIMEOUT, ConnectionPhase.TCP, "no answer");
    assertThat(market.passSeconds(1).snapshot().metrics().values())
        .isNotEmpty()
        .noneMatch(value -> value.status() == MetricStatus.OK)
        .noneMatch(MetricValue::usable);
    assertThat(market.snapshot().metrics().keySet())
        .allMatch(name -> !market.component.metric("BTCUSDT", name).usable());
  }

  /** Before the first trade there was "neutral". */
  @Test
  void nothingIsNeutralBeforeTheFirstTrade() {
    assertThat(market.snapshot().metrics().values())
        .isNotEmpty()
        .allMatch(value -> value.status() == MetricStatus.NO_DATA)
        .allMatch(value -> value.value() == null)
        .allMatch(value -> !value.reason().isEmpty());
  }
}
