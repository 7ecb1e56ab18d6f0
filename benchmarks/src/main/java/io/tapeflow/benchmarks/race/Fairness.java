package io.tapeflow.benchmarks.race;

import io.tapeflow.benchmarks.race.Latencies.Quantiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How much a burst in one instrument delays another one, which has a steady trickle of trades: on
 * the same connection and on one of its own. Trades are stamped when they are due, so whatever
 * holds them up counts, be it the venue, the socket or the distribution. Writes {@code
 * fairness.json} and {@code fairness.md}.
 */
public final class Fairness {
  private static final String LOUD = "LOUDUSDT";
  private static final String QUIET = "QUIETUSDT";
  private static final int MOST_SAMPLES = 100_000;
  private static final Map<String, String> DEFAULTS =
      Options.defaults(
          "connections",
          "1,2",
          "quiet",
          "100",
          "base",
          "5000",
          "bursts",
          "100000,0",
          "warmup.seconds",
          "15",
          "settle",
          "10",
          "seconds",
          "10",
          "distribution",
          "distribution/target/tapeflow",
          "out",
          "benchmarks/target/fairness");

  private Fairness() {}

  /**
   * The quiet instrument's latency while the other has a burst, or ahead of it or behind it.
   *
   * @param connections one for both, or one for each
   * @param burst trades a second that were asked for; 0 for full speed
   * @param phase before, during, after
   * @param loudPerSecond trades a second of the other instrument
   * @param feed until a listener to trades is told
   * @param metrics until a listener to metrics is shown them
   */
  record Fair(
      int connections,
      long burst,
      String phase,
      double loudPerSecond,
      Quantiles feed,
      Quantiles metrics) {}

  private record Phase(long burst, String name, Mark from, Mark to) {}

  private record Mark(long micros, long loudTrades) {
    static Mark now(Venue venue) {
      return new Mark(Samples.nowMicros(), venue.listing(LOUD).lastId() - Frames.FIRST_ID + 1);
    }
  }

  /**
   * Runs it.
   *
   * @param args {@code connections=1,2}, {@code quiet=100} trades a second of the one, {@code
   *     base=5000} of the other and {@code bursts=100000,0} in its bursts, 0 for full speed, {@code
   *     warmup.seconds=15} at full speed and {@code settle=10} at the base that are not counted,
   *     {@code seconds=10} before, during and after each burst, {@code distribution=…}, {@code
   *     out=…}
   */
  public static void main(String[] args) throws IOException {
    Options options = Options.of(DEFAULTS, args);
    Machine machine = Machine.here();
    List<Fair> outcomes = new ArrayList<>();
    for (int connections : options.numbers("connections")) {
      outcomes.addAll(run(options, connections));
    }
    new Results(machine, options.values(), outcomes)
        .write(options.path("out"), "fairness", table(outcomes));
  }

  private static List<Fair> run(Options options, int connections) throws IOException {
    Path home = options.path("out").resolve("connections-" + connections);
    Race.deleteAll(home);
    Setup setup =
        Setup.of(options.path("distribution"), home, List.of(LOUD, QUIET))
            .with(connections)
            .with(Map.of(Probe.SAMPLES, "" + MOST_SAMPLES, Probe.INSTRUMENTS, QUIET));
    try (Run run = new Run(Contestant.named("tapeflow-probed"), 1, setup)) {
      run.awaitSubscribed();
      run.checkedConnections(connections);
      run.play(Pace.of(0), options.number("warmup.seconds"));
      Venue venue = run.venue();
      try (Meter meter = Meter.of(run.process())) {
        venue.send(QUIET, Pace.punctual(options.big("quiet")));
        venue.send(LOUD, Pace.punctual(options.big("base")));
        Run.seconds(options.number("settle"));
        meter.probe().begin();
        List<Phase> phases = new ArrayList<>();
        for (long burst : options.bigs("bursts")) {
          phases.add(phase(venue, options, options.big("base"), burst, "before"));
          phases.add(phase(venue, options, burst, burst, "during"));
          phases.add(phase(venue, options, options.big("base"), burst, "after"));
        }
        run.settle();
        List<Fair> outcomes = outcomes(connections, phases, home, meter);
        run.check();
        outcomes.forEach(System.out::println);
        return outcomes;
      }
    }
  }

  private static Phase phase(Venue venue, Options options, long pace, long burst, String name) {
    Mark from = Mark.now(venue);
    if (!name.equals("before")) {
      venue.send(LOUD, Pace.punctual(pace));
    }
    Run.seconds(options.number("seconds"));
    return new Phase(burst, name, from, Mark.now(venue));
  }

  private static List<Fair> outcomes(int connections, List<Phase> phases, Path home, Meter meter)
      throws IOException {
    Path feedFile = home.resolve("feed.bin");
    Path metricsFile = home.resolve("metrics.bin");
    meter.probe().write(feedFile.toString(), metricsFile.toString());
    Latencies feed = Latencies.taken(feedFile);
    Latencies metrics = Latencies.taken(metricsFile);
    List<Fair> outcomes = new ArrayList<>();
    for (Phase it : phases) {
      long from = it.from.micros;
      long to = it.to.micros;
      outcomes.add(
          new Fair(
              connections,
              it.burst,
              it.name,
              (it.to.loudTrades - it.from.loudTrades) * 1e6 / (to - from),
              feed.between(from, to, QUIET),
              metrics.between(from, to, QUIET)));
    }
    return outcomes;
  }

  private static String table(List<Fair> outcomes) {
    Grid grid =
        new Grid(
            "connections",
            "burst in the other",
            "phase",
            "its trades/s",
            "trades",
            "feed: p50, p99, max (ms)",
            "metrics: p50, p99, max (ms)");
    for (Fair it : outcomes) {
      grid.row(
          "%d | %s | %s | %,.0f | %d | %.2f, %.1f, %.1f | %.2f, %.1f, **%.1f**",
          it.connections,
          it.burst == 0 ? "full speed" : String.format("%,d/s", it.burst),
          it.phase,
          it.loudPerSecond,
          it.metrics.trades(),
          it.feed.p50(),
          it.feed.p99(),
          it.feed.max(),
          it.metrics.p50(),
          it.metrics.p99(),
          it.metrics.max());
    }
    return grid.toString();
  }
}
