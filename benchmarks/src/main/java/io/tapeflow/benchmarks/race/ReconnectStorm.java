package io.tapeflow.benchmarks.race;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The venue breaks the connection off, and comes back when many trades have been missed. */
final class ReconnectStorm {
  private static final long LOOK_MILLIS = 100;

  private ReconnectStorm() {}

  /**
   * What became of it.
   *
   * @param away seconds for which the venue took no stream
   * @param untilSubscribed seconds from its return until all instruments were subscribed to again
   * @param missed trades from the break to that
   * @param feedBehind seconds from that until all of them had been told
   * @param metricsBehind the same of metrics
   * @param repaired trades that were fetched, as the distribution says
   * @param amended those of them that came behind trades that follow them
   * @param pages requests for trades
   * @param weight what the distribution said it had used of its share of the venue's weight, and
   *     how much that is
   * @param said by the distribution, whenever it said something else
   */
  record Reconnect(
      int instruments,
      double away,
      double untilSubscribed,
      long missed,
      double feedBehind,
      double metricsBehind,
      long repaired,
      long amended,
      long pages,
      String weight,
      List<Said> said,
      List<Storm.Stretch> stretches,
      Storm.Course course) {

    String table() {
      StringBuilder text = new StringBuilder();
      text.append(
          String.format(
              Locale.ROOT,
              "A reconnect: the venue was away for %.1f s and was subscribed to again after another"
                  + " %.1f s; %,d trades in %d instruments were missed. All had been told %.2f s"
                  + " later, and were in the metrics after %.2f s: %,d fetched by %d requests, %d"
                  + " of them too late for their place; weight used: %s. Nothing lost.%n%n",
              away,
              untilSubscribed,
              missed,
              instruments,
              feedBehind,
              metricsBehind,
              repaired,
              pages,
              amended,
              weight));
      text.append(Storm.table(stretches)).append('\n');
      Grid grid = new Grid("second", "stream", "metrics", "because");
      said.forEach(
          it -> grid.row("%.1f | %s | %s | %s", it.second, it.stream, it.metrics, it.reason));
      return text.append(grid).toString();
    }
  }

  /**
   * What the distribution said of the first instrument.
   *
   * @param second from the break
   */
  record Said(double second, String stream, String metrics, String reason) {
    boolean isLike(Said other) {
      return stream.equals(other.stream)
          && metrics.equals(other.metrics)
          && likeness().equals(other.likeness());
    }

    /** Its words but for their numbers. */
    private String likeness() {
      return reason.replaceAll("[0-9.]+", "#");
    }
  }

  static Reconnect run(Options options) throws IOException {
    int instruments = options.number("instruments");
    long base = options.big("base");
    long missing = options.big("missing");
    int samples = (int) (base * 4 * (options.number("seconds") + 30) + 2 * missing);
    try (Storm storm = new Storm(options, "reconnect", instruments, base, samples)) {
      Run run = storm.run();
      Venue venue = storm.venue();
      run.allowGaps();
      storm.mark("before");
      storm.pass("seconds");
      List<Said> said = new ArrayList<>();
      listen(run, Samples.nowMicros(), said);
      long pagesBefore = venue.pages();
      storm.mark("away");
      venue.leave();
      while (venue.trades() < storm.tradesAt("away") + missing) {
        listen(run, storm.began("away"), said);
      }
      storm.mark("back");
      venue.comeBack();
      while (venue.subscriptions() < instruments) {
        listen(run, storm.began("away"), said);
      }
      storm.mark("subscribed");
      String weight = "";
      while (venue.trades() < storm.tradesAt("subscribed") + base * options.number("seconds")) {
        weight = listen(run, storm.began("away"), said);
      }
      storm.mark("after");
      storm.pass("seconds");
      Storm.Taken taken = storm.end();
      long subscribed = storm.began("subscribed");
      Reconnect outcome =
          new Reconnect(
              instruments,
              (storm.began("back") - storm.began("away")) * 1e-6,
              (subscribed - storm.began("back")) * 1e-6,
              storm.tradesAt("subscribed") - storm.tradesAt("away"),
              Storm.behind(taken.feed(), subscribed),
              Storm.behind(taken.metrics(), subscribed),
              run.api().sum("repaired"),
              run.api().sum("amended"),
              venue.pages() - pagesBefore,
              weight,
              said,
              storm.stretches(taken),
              storm.course(taken));
      run.check();
      return outcome;
    }
  }

  /** Notes what is said now if it is something else; returns the use of REST. */
  private static String listen(Run run, long since, List<Said> said) {
    Run.sleep(LOOK_MILLIS);
    JsonNode stream = run.api().get("streams").path(0);
    JsonNode account = stream.path("instruments").path(0);
    JsonNode metrics = run.api().get("metrics/" + account.path("instrument").asText());
    JsonNode window = metrics.path("metrics").path("delta.30s");
    String missing = account.path("unrepaired").asLong() > 0 ? " with ids missing" : "";
    String incomplete = window.path("complete").asBoolean() ? "" : ", incomplete";
    String reason =
        Stream.of(metrics, account)
            .map(it -> it.path("reason").asText())
            .filter(text -> !text.isBlank())
            .collect(Collectors.joining("; "));
    Said now =
        new Said(
            (Samples.nowMicros() - since) * 1e-6,
            stream.path("state").asText() + ", " + account.path("state").asText() + missing,
            metrics.path("status").asText() + incomplete,
            reason);
    if (said.isEmpty() || !now.isLike(said.get(said.size() - 1))) {
      said.add(now);
    }
    for (JsonNode budget : stream.path("budgets")) {
      if (budget.path("name").asText().contains("REST")) {
        return budget.path("used").asText() + " of " + budget.path("limit").asText();
      }
    }
    return "not said";
  }
}
