package io.tapeflow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.Provenance;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.task.CloseReport;
import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.api.task.TaskInfo;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeGap;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static final Instrument BTC = new Instrument("binance-spot", "BTCUSDT", 2, 5);

  @Test
  void anInstrumentKnowsItsNamesAndScales() {
    assertThat(BTC.key()).isEqualTo("binance-spot:BTCUSDT");
    assertThat(BTC.isCalled("BTCUSDT")).isTrue();
    assertThat(BTC.isCalled("binance-spot:BTCUSDT")).isTrue();
    assertThat(BTC.isCalled("*")).isTrue();
    assertThat(BTC.isCalled("btcusdt")).isFalse();
    assertThat(BTC.price(6_401_230)).isEqualTo(new BigDecimal("64012.30"));
    assertThat(BTC.quantity(1)).isEqualTo(new BigDecimal("0.00001"));
  }

  @Test
  void anInstrumentWithoutNameOrWithAWildScaleIsRefused() {
    assertThatThrownBy(() -> new Instrument("", "BTCUSDT", 2, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Instrument("v", "BTCUSDT", 19, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("19");
    assertThatThrownBy(() -> new Instrument("v", "BTCUSDT", 2, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void sidesAreSigned() {
    assertThat(Side.BUY.sign()).isEqualTo(1);
    assertThat(Side.SELL.sign()).isEqualTo(-1);
  }

  @Test
  void aGapCountsItsIds() {
    assertThat(new TradeGap(BTC, 5, 7, TradeGap.Cause.MISSING).count()).isEqualTo(3);
    assertThatThrownBy(() -> new TradeGap(BTC, 5, 4, TradeGap.Cause.MISSING))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSnapshotAnswersForMetricsItDoesNotHave() {
    MetricValue delta =
        new MetricValue(
            "delta.60s",
            BigDecimal.ONE,
            MetricStatus.OK,
            "",
            Instant.EPOCH,
            Duration.ofSeconds(60),
            true,
            1,
            1,
            List.of(),
            0,
            Provenance.AGGRESSOR_EXACT);
    Map<String, MetricValue> metrics = new HashMap<>(Map.of("delta.60s", delta));
    MetricSnapshot snapshot =
        new MetricSnapshot(
            "BTCUSDT",
            MetricStatus.OK,
            "",
            Instant.EPOCH,
            1,
            Duration.ZERO,
            Duration.ZERO,
            metrics);
    metrics.clear();

    assertThat(snapshot.metric("delta.60s").usable()).isTrue();
    assertThat(snapshot.metric("delta.61s").status()).isEqualTo(MetricStatus.NO_DATA);
    assertThat(snapshot.metric("delta.61s").reason()).contains("delta.61s");

    MetricSnapshot unknown =
        new MetricSnapshot(
            "X",
            MetricStatus.UNKNOWN_INSTRUMENT,
            "nobody has X",
            null,
            -1,
            Duration.ZERO,
            Duration.ZERO,
            Map.of());
    assertThat(unknown.metric("delta.60s").status()).isEqualTo(MetricStatus.UNKNOWN_INSTRUMENT);
    assertThat(unknown.metric("delta.60s").reason()).isEqualTo("nobody has X");
  }

  @Test
  void anAccountThatDoesNotAddUpSaysSo() {
    TaskInfo task = new TaskInfo("thread", "t", Duration.ZERO);
    assertThat(ledger(3, 1, 1, List.of(task)).balanced()).isTrue();
    assertThat(ledger(4, 1, 1, List.of(task)).balanced()).isFalse();
    assertThat(new StreamStatus.Attempts(5, 1, 2, 1).open()).isEqualTo(1);
  }

  @Test
  void aCloseKeepsItsPromiseIfNothingIsLeftInTime() {
    assertThat(close(100, 0).kept()).isTrue();
    assertThat(close(6_000, 0).kept()).isFalse();
    assertThat(close(100, 1).kept()).isFalse();
  }

  private static LedgerStatus ledger(
      long started, long finished, long cancelled, List<TaskInfo> live) {
    return new LedgerStatus(
        "test", started, finished, cancelled, 0, live, List.of(), List.of(), null, 0);
  }

  private static CloseReport close(long millis, int abandoned) {
    return new CloseReport(
        Instant.EPOCH, Duration.ofMillis(millis), Duration.ofSeconds(5), 1, 0, abandoned);
  }
}
