package io.tapeflow.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.api.trade.TradeGap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
  private static final String NAME = TradeMix.LIVELY.instrument().key();

  @Test
  void theSameTradesGiveTheSameSnapshotHoweverTheyAreCut() {
    List<Trade> trades = TradeMix.LIVELY.trades(5_000, 5);
    MetricSnapshot whole = fed(trades, 5_000);
    MetricSnapshot pieces = fed(trades, 7);

    assertThat(pieces).isEqualTo(whole);
    assertThat(whole.asOf().toEpochMilli() * 1_000)
        .isEqualTo(trades.stream().mapToLong(Trade::timeMicros).max().orElseThrow());
    assertThat(whole.metric("trades.start").value().toString()).isEqualTo("5000");
    assertThat(whole.metric("trades.60s").status()).isEqualTo(MetricStatus.OK);
    assertThat(whole.metrics()).containsKey("vpin.exact");
  }

  /** What the live engine says at the same trade, at once and some time later. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999, 7_345, 45_000})
  void saysWhatTheLiveEngineSays(long millisLater) {
    TestMarket market = new TestMarket();
    AllFamilies.make().forEach((name, family) -> market.family(name, 0, family));
    BatchComponent batch = batch();
    for (int i = 0; i < 800; i++) {
      market.passSeconds(1);
      Side side = i % 3 == 0 ? Side.SELL : Side.BUY;
      Trade trade = market.trade(side, "100.0" + i % 10, "0." + (1 + i % 7));
      market.print(trade);
      batch.trades(new TestBatch(List.of(trade)));
    }
    market.passes(Duration.ofMillis(millisLater));

    MetricSnapshot live = market.snapshot();
    MetricSnapshot batched = batch.snapshot(market.instrument.key(), live.asOf());
    assertThat(live.metrics().size()).isGreaterThan(200);
    assertThat(batched.asOf()).isEqualTo(live.asOf());
    assertThat(batched.status())
        .isEqualTo(millisLater < 10_000 ? MetricStatus.OK : MetricStatus.STALE);
    assertThat(batched.metrics().keySet()).isEqualTo(live.metrics().keySet());
    live.metrics()
        .forEach((name, value) -> assertThat(batched.metric(name)).as(name).isEqualTo(value));
  }

  @Test
  void askingOfALaterMomentLeavesNothingBehind() {
    BatchComponent batch = batch();
    batch.trades(new TestBatch(TradeMix.LIVELY.trades(500, 5)));
    MetricSnapshot before = batch.snapshot(NAME);
    MetricSnapshot later = batch.snapshot(NAME, before.asOf().plusNanos(400_000));
    assertThat(later.asOf()).isEqualTo(before.asOf().plusNanos(400_000));
    assertThat(batch.snapshot(NAME)).isEqualTo(before);
    assertThat(batch.snapshot(NAME, before.asOf().minusSeconds(1))).isEqualTo(before);
    assertThat(batch().snapshot(NAME, before.asOf()).status())
        .isEqualTo(MetricStatus.UNKNOWN_INSTRUMENT);
  }

  @Test
  void knowsWhatIsMissing() {
    BatchComponent batch = batch();
    List<Trade> trades = TradeMix.LIVELY.trades(100, 5);
    batch.trades(new TestBatch(trades.subList(0, 50)));
    batch.gap(new TradeGap(TradeMix.LIVELY.instrument(), 51, 60, TradeGap.Cause.MISSING));
    batch.trades(new TestBatch(trades.subList(60, 100)));

    assertThat(batch.snapshot(NAME).metric("cvd.start").complete()).isFalse();
    assertThat(batch.snapshot("other").status()).isEqualTo(MetricStatus.UNKNOWN_INSTRUMENT);
  }

  private static MetricSnapshot fed(List<Trade> trades, int size) {
    BatchComponent batch = batch();
    for (int from = 0; from < trades.size(); from += size) {
      batch.trades(new TestBatch(trades.subList(from, Math.min(trades.size(), from + size))));
    }
    return batch.snapshot(NAME);
  }

  private static BatchComponent batch() {
    BatchComponent batch = new BatchComponent(Map.of());
    AllFamilies.make()
        .forEach((name, family) -> batch.addFamily(family, Map.of(MetricFactory.FAMILY, name)));
    return batch;
  }
}
