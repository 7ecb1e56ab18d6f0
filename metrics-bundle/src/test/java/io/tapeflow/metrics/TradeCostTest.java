package io.tapeflow.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a trade costs the metrics, in bytes, which are the same on every machine. */
class TradeCostTest {
  private static final int BATCH = 256;
  private static final int WARM_UP = 400;
  private static final int BATCHES = 400;

  /** Of a mark for each time, and of the large orders; a hundred trades share a time here. */
  private static final int BYTES = 64;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void allFamiliesTogetherAllocateNextToNothing() {
    OrderFlowComponent component = new OrderFlowComponent(Map.of(), new TestClock(TestMarket.NOON));
    AllFamilies.make()
        .forEach((name, family) -> component.addFamily(family, Map.of(MetricFactory.FAMILY, name)));
    Batch batch = new Batch();
    bring(component, batch, WARM_UP);
    long me = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(me);
    bring(component, batch, BATCHES);
    long bytes = THREADS.getThreadAllocatedBytes(me) - before;
    assertThat(component.snapshot("BTCUSDT").lastTradeId()).isEqualTo(batch.id(BATCH - 1));
    assertThat((double) bytes / (BATCHES * BATCH)).as("bytes per trade").isLessThan(BYTES);
  }

  private static void bring(OrderFlowComponent component, Batch batch, int batches) {
    for (int i = 0; i < batches; i++) {
      batch.first += BATCH;
      component.onTrades(batch);
    }
  }

  /** Goes on and on, up and down. */
  private static final class Batch implements TradeBatch {
    private static final long BEGIN = Instant.parse("2025-10-04T12:00:00Z").toEpochMilli();

    long first = 1;

    @Override
    public Instrument instrument() {
      return TestMarket.BTC;
    }

    @Override
    public int size() {
      return BATCH;
    }

    @Override
    public long id(int index) {
      return first + index;
    }

    @Override
    public long price(int index) {
      return 6_400_000 + id(index) * 7_919 % 101;
    }

    @Override
    public long quantity(int index) {
      return 1 + id(index) * 104_729 % 997;
    }

    @Override
    public long timeMicros(int index) {
      return (BEGIN + id(index) / 100) * 1_000;
    }

    @Override
    public long receivedMicros(int index) {
      return timeMicros(index);
    }

    @Override
    public Side aggressor(int index) {
      return id(index) * 31 % 7 < 4 ? Side.BUY : Side.SELL;
    }

    @Override
    public int fills(int index) {
      return 1;
    }

    @Override
    public boolean repaired(int index) {
      return false;
    }

    @Override
    public boolean block(int index) {
      return false;
    }
  }
}
