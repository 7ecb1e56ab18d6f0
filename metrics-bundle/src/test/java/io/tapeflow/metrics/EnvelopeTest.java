package io.tapeflow.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.IdRange;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.Provenance;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each value says of the trades that it rests on. */
class EnvelopeTest {
  private final TestMarket market = new TestMarket();

  @Test
  void aValueNamesItsTrades() {
    market.buy("100", "1").passSeconds(20).buy("100", "1").passSeconds(20).buy("100", "1");
    MetricValue window = market.metric("delta.30s");
    assertThat(window.firstId()).isEqualTo(2);
    assertThat(window.lastId()).isEqualTo(3);
    assertThat(window.coverage()).isEqualTo(Duration.ofSeconds(30));
    assertThat(window.provenance()).isEqualTo(Provenance.AGGRESSOR_EXACT);
    MetricValue start = market.metric("cvd.start");
    assertThat(start.firstId()).isEqualTo(1);
    assertThat(start.coverage()).isEqualTo(Duration.ofSeconds(40));
    market.component.modified(Map.of("stale.ms", 3_600_000));
    MetricValue empty = market.passSeconds(31).metric("volume.30s");
    assertThat(empty.firstId()).as("the id that would be in it").isEqualTo(4);
    assertThat(empty.lastId()).isEqualTo(-1);
    assertThat(empty.complete()).isTrue();
  }

  @Test
  void gapsAreNamedAsFarAsTheyConcernTheValue() {
    market.buy("100", "1").gap(2).buy("100", "1").passSeconds(40);
    market.buy("100", "1").gap(1).buy("100", "1");
    assertThat(market.metric("cvd.start").gaps())
        .containsExactly(new IdRange(2, 3), new IdRange(6, 6));
    assertThat(market.metric("delta.30s").gaps()).containsExactly(new IdRange(6, 6));
    assertThat(market.metric("price.last").gaps()).isEmpty();
  }

  @Test
  void manyGapsShowTheNewest() {
    market.buy("100", "1");
    for (int i = 0; i < 40; i++) {
      market.gap(1).buy("100", "1");
    }
    MetricValue start = market.metric("cvd.start");
    assertThat(start.gaps()).hasSize(16).endsWith(new IdRange(80, 80));
    assertThat(start.complete()).isFalse();
  }

  @Test
  void repairedTradesAreCounted() {
    market.buy("100", "1");
    Trade second = repaired(market.trade(Side.BUY, "100", "1"));
    Trade third = repaired(market.trade(Side.BUY, "100", "1"));
    market.print(second, third, market.trade(Side.BUY, "100", "1")).passSeconds(40);
    market.print(repaired(market.trade(Side.SELL, "100", "1"))).buy("100", "1");
    assertThat(market.metric("cvd.start").repaired()).isEqualTo(3);
    assertThat(market.metric("delta.30s").repaired()).isEqualTo(1);
    assertThat(market.metric("delta.30s").usable()).as("repaired is as good as live").isTrue();
  }

  @Test
  void aSnapshotSaysHowOldItIsAndHowFarTheClocksAreApart() {
    market.stream.skewed(Duration.ofMillis(-250));
    assertThat(market.snapshot().skew()).isEqualTo(Duration.ofMillis(-250));
    market.buy("100", "1").passSeconds(3);
    MetricSnapshot snapshot = market.snapshot();
    assertThat(snapshot.age()).isEqualTo(Duration.ofSeconds(3));
    assertThat(snapshot.skew()).isEqualTo(Duration.ofMillis(-250));
  }

  /** A quiet market is no fault of the feed; only the age of the last trade counts. */
  @Test
  void quietIsLiveAndSilentIsNot() {
    market.buy("100", "1").passSeconds(30).buy("100", "1");
    market.stream.instrument(InstrumentState.QUIET, "no trade for 4 s, as the venue says");
    assertThat(market.snapshot().status()).isEqualTo(MetricStatus.OK);
    market.stream.instrument(InstrumentState.SILENT, "3 trades were not carried");
    assertThat(market.snapshot().status()).isEqualTo(MetricStatus.STALE);
    assertThat(market.snapshot().reason()).contains("SILENT: 3 trades were not carried");
    market.stream.instrument(InstrumentState.QUIET, "");
    assertThat(market.passSeconds(15).snapshot().status()).isEqualTo(MetricStatus.STALE);
  }

  private static Trade repaired(Trade trade) {
    return new Trade(
        trade.instrument(),
        trade.id(),
        trade.price(),
        trade.quantity(),
        trade.timeMicros(),
        trade.receivedMicros(),
        trade.aggressor(),
        1,
        true,
        false);
  }
}
