package io.tapeflow.benchmarks;

import io.tapeflow.api.metrics.MetricFactory;
import java.util.Set;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks, each family of metrics among them; takes JMH's own options. */
public final class Main {
  private Main() {}

  /** Runs them. */
  public static void main(String[] args) throws Exception {
    Set<String> families;
    try (ShippedBundles bundles = ShippedBundles.start()) {
      families = bundles.services(MetricFactory.class, MetricFactory.FAMILY).keySet();
    }
    new Runner(
            new OptionsBuilder()
                .parent(new CommandLineOptions(args))
                .param("family", families.toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .resultFormat(ResultFormatType.JSON)
                .result("benchmarks/target/results.json")
                .build())
        .run();
  }
}
