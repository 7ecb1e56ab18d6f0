package io.tapeflow.benchmarks;

import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanCondition;
import io.tapeflow.api.plan.PlanCondition.Comparison;
import io.tapeflow.api.plan.PlanCondition.Operand;
import io.tapeflow.api.plan.PlanCondition.Relation;
import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanEvaluation;
import io.tapeflow.api.plan.PlanSource;
import io.tapeflow.api.plan.Plans;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeListener;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one trade costs with all families and a number of plans that are all looked at and never
 * trigger. A core that keeps up with 50,000 trades/s has 20,000 ns for each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PlansBenchmark {
  /** What plans compare: metrics of the core and of several families. */
  private static final List<String> METRICS =
      List.of(
          "delta.30s",
          "delta.60s",
          "delta.300s",
          "cvd.session",
          "imbalance.60s",
          "pressure.60s",
          "vwap.300s",
          "volume.60s",
          "cvd.rolling.300s",
          "cvd.slope.bar60s",
          "delta.bar60s",
          "ratio.imbalance.10s");

  /** How many plans there are. */
  @Param({"1", "1000"})
  public int plans;

  /** What they wait for. */
  @Param public Kind kind;

  private static final BigDecimal ENTRY = new BigDecimal("64000");

  /** What plans wait for; the last of their conditions never holds. */
  public enum Kind {
    METRICS,
    NAMED
  }

  private final Market market = new Market();
  private final MarketBatch batch = new MarketBatch(market);
  private ShippedBundles bundles;
  private TradeListener metrics;

  /** Brings the plans, and makes sure that none of them is wrong. */
  @Setup(Level.Trial)
  public void start() {
    bundles = ShippedBundles.start();
    metrics = bundles.services(TradeListener.class, TradeListener.NAME).get("metrics");
    round();
    List<PlanDraft> drafts = drafts();
    bundles.register(PlanSource.class, () -> drafts);
    round();
    Plans all = bundles.services(Plans.class, "component.name").values().iterator().next();
    // Plans are judged anew when the families are there.
    for (int i = 0; i < 100 && !areLookedAt(all); i++) {
      round();
    }
    if (!areLookedAt(all)) {
      throw new IllegalStateException("Not all are looked at: " + all.list());
    }
  }

  private static boolean areLookedAt(Plans plans) {
    return plans.list().stream()
        .allMatch(status -> status.lastTradeId() > 0 && !status.state().isFinal());
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

  private void round() {
    for (int i = 0; i < Market.TRADES / MarketBatch.SIZE; i++) {
      batch.next();
      metrics.onTrades(batch);
    }
  }

  private List<PlanDraft> drafts() {
    List<PlanDraft> drafts = new ArrayList<>();
    for (int i = 0; i < plans; i++) {
      List<PlanCondition> parts = new ArrayList<>(kind == Kind.METRICS ? metrics(i) : named(i));
      parts.add(compare("price.last", BigDecimal.valueOf(1_000_000L + i)));
      boolean entry = kind == Kind.NAMED;
      Plan plan =
          new Plan(
              "plan-" + i,
              Market.INSTRUMENT.symbol(),
              i % 2 == 0 ? Side.BUY : Side.SELL,
              entry ? ENTRY.add(BigDecimal.valueOf(i - 500L, 2)) : null,
              null,
              null,
              entry ? new BigDecimal("0.5") : null,
              new PlanCondition.All(parts),
              null,
              PlanEvaluation.EVERY_TRADE);
      drafts.add(new PlanDraft(plan));
    }
    return drafts;
  }

  /** Two metrics with thresholds of its own. */
  private static List<PlanCondition> metrics(int i) {
    String metric = METRICS.get(i % METRICS.size());
    String other = METRICS.get((i + 5) % METRICS.size());
    return List.of(compare(metric, threshold(metric, i)), compare(other, threshold(other, i)));
  }

  /** Conditions by their names and operators over time, with numbers of its own. */
  private static List<PlanCondition> named(int i) {
    BigDecimal small = BigDecimal.valueOf(i, 3);
    Duration time = Duration.ofSeconds(1 + i % 60);
    PlanCondition delta = named("delta_positive", "threshold", small);
    PlanCondition vwap = named("vwap_deviation", "threshold", BigDecimal.valueOf(1_000L + i, 3));
    PlanCondition whale =
        named("whale_buy", "threshold", BigDecimal.valueOf(100_000L * (1 + i % 20)));
    PlanCondition zone =
        named("absorption_zone_detected", "value", BigDecimal.valueOf(10_000L * (i % 20)));
    return switch (i % 8) {
      case 0 -> List.of(delta, vwap);
      case 1 -> List.of(whale, named("cvd_flip_confirmed", "ratio", BigDecimal.valueOf(i % 20, 1)));
      case 2 -> List.of(new PlanCondition.HeldFor(delta, time), zone);
      case 3 -> List.of(new PlanCondition.Within(vwap, time), named("cvd_rising", "r2", small));
      case 4 -> List.of(new PlanCondition.Cooldown(whale, time), delta);
      case 5 -> List.of(new PlanCondition.None(List.of(zone, delta)));
      case 6 ->
          List.of(
              new PlanCondition.Confluence(
                  List.of(weighted(delta), weighted(vwap), weighted(whale)),
                  new BigDecimal("0.8"),
                  new BigDecimal("0.4")));
      default ->
          List.of(
              new PlanCondition.Hysteresis(
                  new Operand.Metric("imbalance.60s"), small, small.negate()),
              named("momentum_flip_confirmed", "direction", "UP"));
    };
  }

  private static PlanCondition named(String name, String parameter, Object value) {
    return new PlanCondition.Named(name, Map.of(parameter, value));
  }

  private static PlanCondition.Weighted weighted(PlanCondition part) {
    return new PlanCondition.Weighted(part, new BigDecimal("0.4"));
  }

  /** One that the metric may pass. */
  private static BigDecimal threshold(String metric, int i) {
    if (metric.contains("imbalance")) {
      return BigDecimal.valueOf(i % 199 - 99L, 2);
    } else if (metric.startsWith("vwap")) {
      return BigDecimal.valueOf(63_000L + 2L * i);
    } else if (metric.startsWith("pressure") || metric.startsWith("volume")) {
      return BigDecimal.valueOf(500L + i, 3);
    }
    return BigDecimal.valueOf(i - 500L, 2);
  }

  private static PlanCondition compare(String metric, BigDecimal threshold) {
    return new Comparison(
        new Operand.Metric(metric), Relation.MORE, new Operand.Constant(threshold));
  }
}
