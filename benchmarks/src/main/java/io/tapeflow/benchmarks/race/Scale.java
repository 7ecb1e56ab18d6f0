package io.tapeflow.benchmarks.race;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Runs the distribution on more and more instruments, whose trades are as many all together, most
 * of them in few. Writes {@code scale.json} and {@code scale.md}.
 */
public final class Scale {
  private static final Contestant TAPEFLOW = Contestant.ALL.get(0);

  private Scale() {}

  /**
   * What a number of instruments has cost.
   *
   * @param metricsMillis from the process's start to the first metrics
   * @param heapMiB what was in use behind a collection at the end
   * @param historyMiB what of it was history
   */
  record Cost(
      int instruments,
      long metricsMillis,
      double tradesPerSecond,
      double cpuPerMillion,
      double bytesPerTrade,
      double heapMiB,
      double historyMiB) {}

  /**
   * Runs it.
   *
   * @param args {@code counts=1,10,100}, {@code pace=5000} trades a second, {@code out=…}
   */
  public static void main(String[] args) throws IOException {
    List<Cost> costs = new ArrayList<>();
    String counts = option(args, "counts", "1,10,100,500,1000");
    long pace = Long.parseLong(option(args, "pace", "5000"));
    Path out = Path.of(option(args, "out", "benchmarks/target/scale")).toAbsolutePath();
    for (String count : counts.split(",", -1)) {
      Path home = out.resolve(count);
      Race.deleteAll(home);
      costs.add(cost(Integer.parseInt(count), pace, home));
      System.out.println(costs.get(costs.size() - 1));
    }
    new JsonMapper().writeValue(out.resolve("scale.json").toFile(), costs);
    Files.writeString(out.resolve("scale.md"), table(costs));
    System.out.println(table(costs));
  }

  private static String option(String[] args, String name, String byDefault) {
    return Arrays.stream(args)
        .filter(arg -> arg.startsWith(name + '='))
        .map(arg -> arg.substring(name.length() + 1))
        .findFirst()
        .orElse(byDefault);
  }

  private static Cost cost(int count, long pace, Path home) throws IOException {
    List<String> symbols =
        IntStream.range(0, count).mapToObj(i -> "C%03dUSDT".formatted(i)).toList();
    Path distribution = Path.of("distribution/target/tapeflow").toAbsolutePath();
    Files.createDirectories(home);
    try (Run run = new Run(TAPEFLOW, 1, distribution, home, symbols)) {
      long metricsMillis = run.untilMetrics(pace).toMillis();
      Outcome outcome = run.outcomes(new Phases(0, 0, 20, 10, List.of(pace))).get(0);
      long heap = run.heapBytes();
      long history = run.historyBytes();
      run.checkCvds();
      return new Cost(
          count,
          metricsMillis,
          outcome.tradesPerSecond(),
          outcome.cpuPerMillion(),
          outcome.bytesPerTrade(),
          mebibytes(heap),
          mebibytes(history));
    }
  }

  private static double mebibytes(long bytes) {
    return bytes / (double) (1 << 20);
  }

  private static String table(List<Cost> costs) {
    StringBuilder text =
        new StringBuilder(
            "| instruments | trades/s | CPU-s per million | bytes per trade | heap, MiB | of it"
                + " history | first metrics, ms |\n"
                + "|---|---|---|---|---|---|---|\n");
    for (Cost it : costs) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %d | %.0f | %.1f | %.0f | %.0f | %.0f | %d |%n",
              it.instruments,
              it.tradesPerSecond,
              it.cpuPerMillion,
              it.bytesPerTrade,
              it.heapMiB,
              it.historyMiB,
              it.metricsMillis));
    }
    return text.toString();
  }
}
