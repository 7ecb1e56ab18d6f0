package io.tapeflow.benchmarks;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What one trade costs each family of metrics under its default settings. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MetricFamilyBenchmark {
  /** The family's name; the main class sets it to all that the bundle registers. */
  @Param("bars")
  public String family;

  private final Market market = new Market();
  private ShippedBundles bundles;
  private MetricCalculator calculator;
  private long nextId = 1;
  private long shift;

  /** Finds the family in the registry. */
  @Setup(Level.Trial)
  public void start() {
    bundles = ShippedBundles.start();
    Map<String, MetricFactory> families =
        bundles.services(MetricFactory.class, MetricFactory.FAMILY);
    MetricFactory factory = families.get(family);
    if (factory == null) {
      throw new IllegalArgumentException(
          "There is no family " + family + ", only " + families.keySet());
    }
    calculator = factory.create(Market.INSTRUMENT);
  }

  /** Stops the framework. */
  @TearDown(Level.Trial)
  public void stop() {
    bundles.close();
  }

  /** Feeds one round of the market; time goes on from round to round. */
  @Benchmark
  @OperationsPerInvocation(Market.TRADES)
  public MetricCalculator trade() {
    for (int i = 0; i < Market.TRADES; i++) {
      calculator.trade(
          nextId++, market.time[i] + shift, market.price[i], market.quantity[i], market.buy[i], 1);
    }
    shift += market.duration;
    return calculator;
  }
}
