package io.tapeflow.stream;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.tasks.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one trade costs between the decoder and a listener. In the package of what it measures,
 * which no bundle shows.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FeedBenchmark {
  private static final Instrument BTC = new Instrument("bench", "BTCUSDT", 8, 8);
  private static final int BATCH = 256;
  private static final long BUY = TapeRow.flags(true, 1, false, false);

  private final Sequencer sequencer = new Sequencer(1, 1_000, new Nowhere());
  private InstrumentFeed feed;
  private TapeCursor cursor;
  private long nextId = 1;
  private long nextSequenced = 1;

  /** Makes a feed as a connection has it. */
  @Setup(Level.Trial)
  public void start() {
    feed = new InstrumentFeed(BTC, settings(), true, null, Clock.SYSTEM);
    cursor = TapeCursor.atNext(feed.tape());
  }

  /** Trades that come in order. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long sequence() {
    for (int i = 0; i < BATCH; i++) {
      sequencer.accept(nextSequenced++, 1, 1, 1, 1, BUY, 0);
    }
    return sequencer.lastId();
  }

  /** Trades of which each second one comes ahead of the one before it. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long sequenceInDisorder() {
    for (int i = 0; i < BATCH; i += 2) {
      sequencer.accept(nextSequenced + 1, 1, 1, 1, 1, BUY, 0);
      sequencer.accept(nextSequenced, 1, 1, 1, 1, BUY, 0);
      nextSequenced += 2;
    }
    return sequencer.lastId();
  }

  /** Sequence, account, latency and history. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long keep() {
    bring();
    return feed.lastId();
  }

  /** The same, and handed to a listener that does nothing. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long deliver() {
    bring();
    Notice notice = cursor.next(BATCH);
    while (notice != null) {
      notice.tell(trades -> {});
      cursor.handed();
      notice = cursor.next(BATCH);
    }
    return feed.lastId();
  }

  private void bring() {
    for (int i = 0; i < BATCH; i++) {
      long id = nextId++;
      feed.trade(id, 6_401_230L, 150_000L, id, id, BUY, id, 1_000L);
    }
  }

  private static StreamSettings settings() {
    URI nowhere = URI.create("ws://localhost");
    return new StreamSettings(
        "bench",
        "bench",
        List.of(BTC.symbol()),
        nowhere,
        nowhere,
        Map.of(),
        TlsTrust.OF_JAVA,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofMillis(200),
        Duration.ofSeconds(15),
        50_000,
        16L << 20,
        Duration.ofMinutes(30),
        200_000,
        64L << 20,
        null,
        Limits.Configured.VENUES_OWN,
        new DataWatch.Bounds(Duration.ofSeconds(10), Duration.ofSeconds(120)),
        new Rollover.Plan(Duration.ofHours(23), Duration.ZERO));
  }

  /** Where sequenced trades go. */
  private static final class Nowhere implements Sequencer.Release {
    @Override
    public void release(long id, long price, long quantity, long time, long received, long flags) {}

    @Override
    public void gap(long first, long last) {}

    @Override
    public boolean late(long id, long price, long quantity, long time, long received, long flags) {
      return false;
    }
  }
}
