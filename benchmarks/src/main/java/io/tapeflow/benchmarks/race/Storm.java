package io.tapeflow.benchmarks.race;

import io.tapeflow.benchmarks.race.Latencies.Quantiles;
import io.tapeflow.benchmarks.race.Latencies.Slice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A distribution with a probe on a venue, warm and at a steady pace, to which something is about to
 * happen. Trades are stamped when they are due. It takes the time of each trade, as a listener to
 * trades is told it and as a listener to metrics is shown it.
 */
final class Storm implements AutoCloseable {
  /** A stretch that is of no interest. */
  static final String PAUSE = "";

  private static final long SLICE_MICROS = 250_000;

  private final Options options;
  private final Path home;
  private final Run run;
  private final Meter meter;
  private final List<Mark> marks = new ArrayList<>();

  /**
   * A stretch of time.
   *
   * @param begins seconds from the beginning of the first stretch to that of this one
   * @param feed until a listener to trades is told
   * @param metrics until a listener to metrics is shown
   */
  record Stretch(
      String name, double begins, double tradesPerSecond, Quantiles feed, Quantiles metrics) {}

  /** The latency over time, in milliseconds. */
  record Course(List<Slice> feed, List<Slice> metrics) {}

  private record Mark(String name, long micros, long trades) {}

  /** What the probe has taken. */
  record Taken(Latencies feed, Latencies metrics) {}

  /**
   * Starts it.
   *
   * @param options with {@code warmup.seconds}, {@code settle}, {@code distribution} and {@code
   *     out}
   * @param samples room for so many trades' latency
   */
  Storm(Options options, String name, int instruments, long pace, int samples) throws IOException {
    this.options = options;
    home = options.path("out").resolve(name);
    Race.deleteAll(home);
    Setup setup =
        Setup.of(options.path("distribution"), home, Setup.symbols(instruments))
            .with(Map.of(Probe.SAMPLES, Integer.toString(samples)));
    run = new Run(Contestant.named("tapeflow-probed"), 1, setup);
    try {
      run.awaitSubscribed();
      meter = Meter.of(run.process());
      run.await("its probe", meter::hasProbe);
      run.play(Pace.of(0), options.number("warmup.seconds"));
      run.play(Pace.punctual(pace), options.number("settle"));
      meter.probe().begin();
      run.venue().send(Pace.punctual(pace));
    } catch (RuntimeException e) {
      run.close();
      throw e;
    }
  }

  Run run() {
    return run;
  }

  Venue venue() {
    return run.venue();
  }

  ProbeMXBean probe() {
    return meter.probe();
  }

  /** A stretch of time begins, and the one before ends. */
  void mark(String name) {
    marks.add(new Mark(name, Samples.nowMicros(), venue().trades()));
  }

  /** When a stretch began. */
  long began(String name) {
    return marks.stream()
        .filter(mark -> mark.name.equals(name))
        .mapToLong(Mark::micros)
        .findFirst()
        .orElseThrow();
  }

  /** How many trades the venue had made when a stretch began. */
  long tradesAt(String name) {
    return marks.stream()
        .filter(mark -> mark.name.equals(name))
        .mapToLong(Mark::trades)
        .findFirst()
        .orElseThrow();
  }

  void pass(String option) {
    Run.seconds(options.number(option));
  }

  /** The last stretch ends; waits until all has been taken. */
  Taken end() throws IOException {
    mark("end");
    run.settle();
    run.checkShown(meter);
    Path feed = home.resolve("feed.bin");
    Path metrics = home.resolve("metrics.bin");
    meter.probe().write(feed.toString(), metrics.toString());
    return new Taken(Latencies.taken(feed), Latencies.taken(metrics));
  }

  /** All but the pauses. */
  List<Stretch> stretches(Taken taken) {
    List<Stretch> stretches = new ArrayList<>();
    for (int i = 0; i + 1 < marks.size(); i++) {
      Mark from = marks.get(i);
      Mark to = marks.get(i + 1);
      if (!from.name.equals(PAUSE)) {
        stretches.add(
            new Stretch(
                from.name,
                (from.micros - marks.get(0).micros) * 1e-6,
                (to.trades - from.trades) * 1e6 / (to.micros - from.micros),
                taken.feed.between(from.micros, to.micros, null),
                taken.metrics.between(from.micros, to.micros, null)));
      }
    }
    return stretches;
  }

  Course course(Taken taken) {
    long from = marks.get(0).micros;
    long to = marks.get(marks.size() - 1).micros;
    return new Course(
        taken.feed.slices(from, to, SLICE_MICROS), taken.metrics.slices(from, to, SLICE_MICROS));
  }

  /** Seconds from a time until all had been told that was stamped before it. */
  static double behind(Latencies latencies, long micros) {
    return (latencies.lastArrival(micros) - micros) * 1e-6;
  }

  static String table(List<Stretch> stretches) {
    Grid grid =
        new Grid(
            "phase",
            "trades/s",
            "feed: p50, p99, p99.9, max (ms)",
            "metrics: p50, p99, p99.9, max (ms)");
    for (Stretch it : stretches) {
      grid.row(
          "%s | %,.0f | %.2f, %.1f, %.1f, %.1f | %.2f, %.1f, %.1f, **%.1f**",
          it.name,
          it.tradesPerSecond,
          it.feed.p50(),
          it.feed.p99(),
          it.feed.p999(),
          it.feed.max(),
          it.metrics.p50(),
          it.metrics.p99(),
          it.metrics.p999(),
          it.metrics.max());
    }
    return grid.toString();
  }

  @Override
  public void close() {
    meter.close();
    run.close();
  }
}
