package io.tapeflow.benchmarks.race;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the distribution on more and more instruments, whose trades are as many all together, most
 * of them in few, and on some of them shared among more and more connections. Writes {@code
 * scale.json} and {@code scale.md}.
 */
public final class Scale {
  private static final Contestant TAPEFLOW = Contestant.named("tapeflow");
  private static final Map<String, String> DEFAULTS =
      Options.defaults(
          "counts",
          "1,10,100,500,1000",
          "connections",
          "2,4,8",
          "shared",
          "100",
          "pace",
          "5000",
          "settle",
          "20",
          "seconds",
          "10",
          "distribution",
          "distribution/target/tapeflow",
          "out",
          "benchmarks/target/scale");

  private Scale() {}

  /**
   * What a number of instruments has cost.
   *
   * @param connections that the distribution said it had
   * @param metricsMillis from the process's start to the first metrics
   * @param heapMiB what was in use behind a collection at the end
   * @param historyMiB what of it was history
   */
  record Cost(
      int instruments,
      int connections,
      long metricsMillis,
      double tradesPerSecond,
      double cpuPerMillion,
      double bytesPerTrade,
      double heapMiB,
      double historyMiB) {}

  /**
   * Runs it.
   *
   * @param args {@code counts=1,10,100} instruments on one connection each, {@code
   *     connections=2,4,8} among which {@code shared=100} of them are shared, {@code pace=5000}
   *     trades a second all together, {@code settle=20} seconds that are not counted ahead of
   *     {@code seconds=10}, {@code distribution=…}, {@code out=…}
   */
  public static void main(String[] args) throws IOException {
    Options options = Options.of(DEFAULTS, args);
    Machine machine = Machine.here();
    List<Cost> costs = new ArrayList<>();
    for (int count : options.numbers("counts")) {
      costs.add(cost(options, count, 1));
    }
    for (int connections : options.numbers("connections")) {
      costs.add(cost(options, options.number("shared"), connections));
    }
    new Results(machine, options.values(), costs).write(options.path("out"), "scale", table(costs));
  }

  private static Cost cost(Options options, int count, int connections) throws IOException {
    Path home = options.path("out").resolve(count + "-" + connections);
    Race.deleteAll(home);
    Setup setup =
        Setup.of(options.path("distribution"), home, Setup.symbols(count)).with(connections);
    long pace = options.big("pace");
    try (Run run = new Run(TAPEFLOW, 1, setup)) {
      long metricsMillis = run.untilMetrics(pace).toMillis();
      Phases phases =
          new Phases(0, 0, options.number("settle"), options.number("seconds"), List.of(pace));
      Outcome outcome = run.outcomes(phases).get(0);
      long heap = run.heapBytes();
      long history = run.historyBytes();
      run.checkRunning();
      Cost cost =
          new Cost(
              count,
              run.checkedConnections(connections),
              metricsMillis,
              outcome.tradesPerSecond(),
              outcome.cpuPerMillion(),
              outcome.bytesPerTrade(),
              mebibytes(heap),
              mebibytes(history));
      System.out.println(cost);
      return cost;
    }
  }

  private static double mebibytes(long bytes) {
    return bytes / (double) (1 << 20);
  }

  private static String table(List<Cost> costs) {
    Grid grid =
        new Grid(
            "instruments",
            "connections",
            "trades/s",
            "CPU-s per million",
            "bytes per trade",
            "heap, MiB",
            "of it history",
            "first metrics, ms");
    for (Cost it : costs) {
      grid.row(
          "%d | %d | %.0f | %.1f | %,.0f | %.0f | %.0f | %d",
          it.instruments,
          it.connections,
          it.tradesPerSecond,
          it.cpuPerMillion,
          it.bytesPerTrade,
          it.heapMiB,
          it.historyMiB,
          it.metricsMillis);
    }
    return grid.toString();
  }
}
