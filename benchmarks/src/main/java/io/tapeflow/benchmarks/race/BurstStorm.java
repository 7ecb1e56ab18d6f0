package io.tapeflow.benchmarks.race;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** All instruments have many times as many trades for a while. */
final class BurstStorm {
  private BurstStorm() {}

  /**
   * What became of it.
   *
   * @param feedBehind seconds from the end of the burst until its last trade had been told
   * @param metricsBehind the same of metrics
   */
  record Burst(
      int instruments,
      long burstTrades,
      List<Storm.Stretch> stretches,
      double feedBehind,
      double metricsBehind,
      Storm.Course course) {

    String table() {
      return String.format(
          Locale.ROOT,
          "A burst of %,d trades in %d instruments; nothing lost. Behind its end its last trade was"
              + " told after %.0f ms, and in the metrics after %.0f ms.%n%n%s%n",
          burstTrades,
          instruments,
          feedBehind * 1e3,
          metricsBehind * 1e3,
          Storm.table(stretches));
    }
  }

  static Burst run(Options options) throws IOException {
    int instruments = options.number("instruments");
    long base = options.big("base");
    long burst = base * options.number("factor");
    long seconds = options.number("burst.seconds") + 3L * options.number("seconds");
    int samples = (int) ((burst + base) * seconds);
    try (Storm storm = new Storm(options, "burst", instruments, base, samples)) {
      storm.mark("before");
      storm.pass("seconds");
      storm.mark("during");
      storm.venue().send(Pace.punctual(burst));
      storm.pass("burst.seconds");
      storm.mark("behind");
      storm.venue().send(Pace.punctual(base));
      storm.pass("seconds");
      storm.mark("after");
      storm.pass("seconds");
      Storm.Taken taken = storm.end();
      long burstEnd = storm.began("behind");
      Burst outcome =
          new Burst(
              instruments,
              storm.tradesAt("behind") - storm.tradesAt("during"),
              storm.stretches(taken),
              Storm.behind(taken.feed(), burstEnd),
              Storm.behind(taken.metrics(), burstEnd),
              storm.course(taken));
      storm.run().check();
      return outcome;
    }
  }
}
