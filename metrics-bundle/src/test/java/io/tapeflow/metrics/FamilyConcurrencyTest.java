package io.tapeflow.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.trade.Side;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers ask and families come and go while trades are written. */
class FamilyConcurrencyTest {
  private static final int COUNT = 100_000;

  private final TestMarket market = new TestMarket();
  private final ExecutorService others = Executors.newFixedThreadPool(3);

  @AfterEach
  void stop() {
    others.shutdownNow();
    market.component.deactivate();
  }

  /** Core and families are of the same trade in each snapshot, and nobody waits for ever. */
  @Test
  void everySnapshotIsOfOneMoment() throws InterruptedException, ExecutionException {
    market.family("a", 0, instrument -> new Witness("a", "", true)).buy("100", "1");
    Callable<Integer> reader = this::readUntilTheEnd;
    List<Future<Integer>> readers = List.of(others.submit(reader), others.submit(reader));
    Future<Integer> registrar = others.submit(this::comeAndGoUntilTheEnd);
    for (int i = 1; i < COUNT; i++) {
      market.passes(Duration.ofNanos(1_300_000));
      market.print(market.trade(i % 3 == 0 ? Side.SELL : Side.BUY, "100", "1"));
    }
    for (Future<Integer> future : readers) {
      assertThat(future.get()).isPositive();
    }
    assertThat(registrar.get()).isPositive();
    market.family("b", 5, instrument -> new Witness("b", "last", true));
    await().until(() -> market.metric("b.hash").status() == MetricStatus.OK);
    assertThat(market.value("b.trades")).isEqualTo(BigDecimal.valueOf(COUNT));
    assertThat(market.value("b.hash")).isEqualTo(market.value("a.hash"));
  }

  private int readUntilTheEnd() {
    int snapshots = 0;
    long last = 0;
    while (last < COUNT) {
      MetricSnapshot snapshot = market.snapshot();
      last = snapshot.lastTradeId();
      snapshots++;
      assertThat(snapshot.metric("a.trades").value()).isEqualTo(BigDecimal.valueOf(last));
      assertThat(snapshot.metric("trades.start").value()).isEqualTo(BigDecimal.valueOf(last));
      MetricValue late = snapshot.metric("b.hash");
      if (late.status() == MetricStatus.OK) {
        assertThat(late.value()).isEqualTo(snapshot.metric("a.hash").value());
      }
    }
    return snapshots;
  }

  private int comeAndGoUntilTheEnd() {
    int times = 0;
    while (market.snapshot().lastTradeId() < COUNT) {
      String parameter = Integer.toString(times);
      MetricFactory factory = instrument -> new Witness("b", parameter, true);
      market.family("b", 0, factory);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> market.metric("b.hash").status() == MetricStatus.OK);
      market.component.removeFamily(factory);
      times++;
    }
    return times;
  }
}
