package io.tapeflow.benchmarks.race;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;

/** A host's listeners that sleep in each of their calls, beside those that do not. */
final class ListenerStorm {
  private static final long LOOK_MILLIS = 100;

  private ListenerStorm() {}

  /**
   * What became of it.
   *
   * @param sleepMillis of each call, of up to 256 trades
   * @param behindLeast trades that waited for a listener at the end, by the distribution's status
   * @param lostLeast trades that a listener had been told by then to have lost
   * @param health what the health check of consumers said of it
   * @param recovered seconds from when they slept no more until none of them was behind
   * @param trades that each of them was told, or told to have lost, in the end: all
   */
  record Slow(
      int listeners,
      long sleepMillis,
      long behindLeast,
      long behindMost,
      long lostLeast,
      long lostMost,
      String health,
      double recovered,
      long trades,
      List<Storm.Stretch> stretches,
      Storm.Course course) {

    String table() {
      return String.format(
          Locale.ROOT,
          "%d listeners that sleep %d ms in each call: at the end each was %,d to %,d trades behind"
              + " and had been told that %,d to %,d were lost to it; health: %s. None was behind"
              + " %.1f s after they slept no more, and each had been told all %,d trades, or that"
              + " they were lost, as the status said.%n%n%s%n",
          listeners,
          sleepMillis,
          behindLeast,
          behindMost,
          lostLeast,
          lostMost,
          health,
          recovered,
          trades,
          Storm.table(stretches));
    }
  }

  static Slow run(Options options) throws IOException {
    int listeners = options.number("listeners");
    long sleep = options.big("sleep");
    long pace = options.big("listeners.pace");
    int samples =
        (int) (pace * (4 * options.number("seconds") + options.number("slow.seconds") + 60));
    try (Storm storm = new Storm(options, "listeners", 1, pace, samples)) {
      Run run = storm.run();
      Venue venue = storm.venue();
      storm.mark("without");
      storm.pass("seconds");
      storm.mark(Storm.PAUSE);
      run.settle();
      long tradesBefore = venue.trades();
      storm.probe().setSlowMillis(sleep);
      storm.probe().addSlow(listeners);
      run.await("its listeners", () -> lags(run).getCount() == listeners);
      storm.mark("with");
      venue.send(Pace.punctual(pace));
      storm.pass("slow.seconds");
      LongSummaryStatistics behind = lags(run);
      LongSummaryStatistics lost = Arrays.stream(storm.probe().getSlowLost()).summaryStatistics();
      String health = run.api().health("consumers");
      storm.mark("recovering");
      storm.probe().setSlowMillis(0);
      long since = System.nanoTime();
      run.await("them to catch up", () -> lags(run).getMax() < pace);
      double recovered = (System.nanoTime() - since) * 1e-9;
      storm.mark("after");
      storm.pass("seconds");
      Storm.Taken taken = storm.end();
      run.await("them to be told all", () -> lags(run).getMax() == 0);
      long trades = venue.trades() - tradesBefore;
      check(storm, trades);
      Slow outcome =
          new Slow(
              listeners,
              sleep,
              behind.getMin(),
              behind.getMax(),
              lost.getMin(),
              lost.getMax(),
              health,
              recovered,
              trades,
              storm.stretches(taken),
              storm.course(taken));
      run.check();
      return outcome;
    }
  }

  private static LongSummaryStatistics lags(Run run) {
    Run.sleep(LOOK_MILLIS);
    return slow(run, "tapeflow_listener_lag_trades").values().stream()
        .mapToLong(Double::longValue)
        .summaryStatistics();
  }

  private static Map<String, Double> slow(Run run, String series) {
    Map<String, Double> values = run.api().series(series, "listener");
    values.keySet().removeIf(name -> !name.startsWith(Probe.SLOW_NAME));
    return values;
  }

  /** What they were told, what they were told to have lost and what the status says must agree. */
  private static void check(Storm storm, long trades) {
    Run run = storm.run();
    long[] taken = storm.probe().getSlowTaken();
    long[] lost = storm.probe().getSlowLost();
    Map<String, Double> statusTaken = slow(run, "tapeflow_listener_delivered_total");
    Map<String, Double> statusLost = slow(run, "tapeflow_listener_lost_total");
    for (int i = 0; i < taken.length; i++) {
      String name = Probe.SLOW_NAME + (i + 1);
      run.check("trades told to " + name + " or lost to it", trades, taken[i] + lost[i]);
      run.check("delivered to " + name, taken[i], statusTaken.get(name).longValue());
      run.check("lost to " + name, lost[i], statusLost.get(name).longValue());
    }
  }
}
