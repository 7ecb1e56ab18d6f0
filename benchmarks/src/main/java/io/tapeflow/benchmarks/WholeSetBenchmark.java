package io.tapeflow.benchmarks;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.trade.TradeListener;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What one trade, and one snapshot, cost the engine with all families at their defaults. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WholeSetBenchmark {
  private final Market market = new Market();
  private final MarketBatch batch = new MarketBatch(market);
  private ShippedBundles bundles;
  private TradeListener metrics;
  private OrderFlow orderFlow;

  /** Finds the engine in the registry, and lets it see one round of the market. */
  @Setup(Level.Trial)
  public void start() {
    bundles = ShippedBundles.start();
    metrics = bundles.services(TradeListener.class, TradeListener.NAME).get("metrics");
    orderFlow = bundles.services(OrderFlow.class, "component.name").values().iterator().next();
    round();
  }

  /** Stops the framework. */
  @TearDown(Level.Trial)
  public void stop() {
    bundles.close();
  }

  /** One round of the market in batches, as delivery hands them over. */
  @Benchmark
  @OperationsPerInvocation(Market.TRADES)
  public void trade() {
    round();
  }

  /** A snapshot of all metrics. */
  @Benchmark
  public MetricSnapshot snapshot() {
    batch.next();
    metrics.onTrades(batch);
    return orderFlow.snapshot(Market.INSTRUMENT.key());
  }

  private void round() {
    for (int i = 0; i < Market.TRADES / MarketBatch.SIZE; i++) {
      batch.next();
      metrics.onTrades(batch);
    }
  }
}
