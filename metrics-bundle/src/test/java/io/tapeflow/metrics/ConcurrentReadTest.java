package io.tapeflow.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Readers see one moment only, whatever the writer does meanwhile. */
class ConcurrentReadTest {
  private static final int COUNT = 300_000;
  private static final int STEP_MICROS = 100;
  private static final Instrument INSTRUMENT = new Instrument("test", "X", 0, 0);

  private final long start = TimeUnit.SECONDS.toMicros(TestMarket.NOON.getEpochSecond());
  private final TestMarket market =
      new TestMarket(INSTRUMENT, TestMarket.NOON, Map.of("windows.seconds", "1,2"));
  private final long[] cvd = new long[COUNT + 1];

  @Test
  void everySnapshotIsThatOfItsLastTrade() throws InterruptedException, ExecutionException {
    List<Trade> trades = trades();
    market.component.onTrades(new TestBatch(trades.subList(0, 1)));
    ExecutorService readers = Executors.newFixedThreadPool(2);
    try {
      Callable<Integer> reader = this::readUntilTheEnd;
      List<Future<Integer>> results = List.of(readers.submit(reader), readers.submit(reader));
      for (int from = 1; from < COUNT; ) {
        int to = Math.min(COUNT, from + 1 + from % 7);
        market.component.onTrades(new TestBatch(trades.subList(from, to)));
        from = to;
      }
      for (Future<Integer> result : results) {
        assertThat(result.get()).isPositive();
      }
    } finally {
      readers.shutdownNow();
    }
  }

  private int readUntilTheEnd() {
    int snapshots = 0;
    long last = 0;
    while (last < COUNT) {
      MetricSnapshot snapshot = market.snapshot();
      long id = snapshot.lastTradeId();
      assertThat(id).isGreaterThanOrEqualTo(last);
      last = id;
      snapshots++;
      assertNumber(snapshot, "cvd.start", cvd[(int) id]);
      assertNumber(snapshot, "trades.start", id);
      assertWindow(snapshot, "1s", id, 1_000_000 / STEP_MICROS);
      assertWindow(snapshot, "2s", id, 2_000_000 / STEP_MICROS);
      assertThat(snapshot.metric("cvd.start").complete()).isTrue();
    }
    return snapshots;
  }

  private void assertWindow(MetricSnapshot snapshot, String window, long id, int length) {
    long before = Math.max(0, id - length);
    assertNumber(snapshot, "delta." + window, cvd[(int) id] - cvd[(int) before]);
    assertNumber(snapshot, "trades." + window, id - before);
    BigDecimal buy = (BigDecimal) snapshot.metric("volume.buy." + window).value();
    BigDecimal sell = (BigDecimal) snapshot.metric("volume.sell." + window).value();
    assertNumber(snapshot, "delta." + window, buy.subtract(sell).longValueExact());
  }

  private List<Trade> trades() {
    List<Trade> trades = new ArrayList<>(COUNT);
    for (int id = 1; id <= COUNT; id++) {
      Side side = id % 3 == 0 ? Side.SELL : Side.BUY;
      long quantity = 1L + id % 11;
      cvd[id] = cvd[id - 1] + side.sign() * quantity;
      // The clock stands: the time at the exchange is that of the last trade.
      long time = start + (long) id * STEP_MICROS;
      trades.add(new Trade(INSTRUMENT, id, 5, quantity, time, start, side, 1, false, false));
    }
    return trades;
  }

  private static void assertNumber(MetricSnapshot snapshot, String name, long expected) {
    BigDecimal value = (BigDecimal) snapshot.metrics().get(name).value();
    if (value.longValueExact() != expected) {
      throw new AssertionError(
          name + " is " + value + ", not " + expected + ", at " + snapshot.lastTradeId());
    }
  }
}
