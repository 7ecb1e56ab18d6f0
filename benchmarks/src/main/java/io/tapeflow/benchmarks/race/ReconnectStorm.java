package io.tapeflow.benchmarks.race;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
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
   * @param trustedBehind the farthest that the metrics of the first instrument were behind the
   *     venue while they said that they were OK and complete, in seconds
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
      double trustedBehind,
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
                  + " of them too late for their place; weight used: %s. Nothing lost. While they"
                  + " said that they were OK and complete, metrics were up to %.1f s behind.%n%n",
              away,
              untilSubscribed,
              missed,
              instruments,
              feedBehind,
              metricsBehind,
              repaired,
              pages,
              amended,
              weight,
              trustedBehind));
      text.append(Storm.table(stretches)).append('\n');
      Grid grid = new Grid("second", "stream", "metrics", "as of, seconds ago", "because");
      for (Said it : said) {
        grid.row(
            "%.1f | %s | %s | %.1f | %s", it.second, it.stream, it.metrics, it.behind, it.reason);
      }
      return text.append(grid).toString();
    }
  }

  /**
   * What the distribution said of the first instrument.
   *
   * @param second from the break
   * @param behind seconds from the time that its metrics are as of
   */
  record Said(double second, String stream, String metrics, double behind, String reason) {
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
      venue.goOn();
      Asker asker = new Asker(run);
      storm.mark("before");
      storm.pass("seconds");
      asker.ask();
      long pagesBefore = venue.pages();
      storm.mark("away");
      asker.begin(storm.began("away"));
      venue.leave();
      while (venue.trades() < storm.tradesAt("away") + missing) {
        asker.ask();
      }
      storm.mark("back");
      venue.comeBack();
      while (venue.subscriptions() < instruments) {
        asker.ask();
      }
      storm.mark("subscribed");
      while (venue.trades() < storm.tradesAt("subscribed") + base * options.number("seconds")) {
        asker.ask();
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
              asker.weight,
              asker.trustedBehind,
              asker.said,
              storm.stretches(taken),
              storm.course(taken));
      run.check();
      return outcome;
    }
  }

  /** Who asks the distribution again and again what it says. */
  private static final class Asker {
    final List<Said> said = new ArrayList<>();
    private final Run run;
    private long since = Samples.nowMicros();
    private String weight = "not said";
    private double trustedBehind;

    Asker(Run run) {
      this.run = run;
    }

    /** The venue is about to leave; what was said before was so much earlier. */
    void begin(long micros) {
      double earlier = (micros - since) * 1e-6;
      said.replaceAll(
          it -> new Said(it.second - earlier, it.stream, it.metrics, it.behind, it.reason));
      since = micros;
    }

    /** Notes what is said now, if it is something else than before. */
    void ask() {
      Run.sleep(LOOK_MILLIS);
      JsonNode stream = run.api().get("streams").path(0);
      JsonNode account = stream.path("instruments").path(0);
      JsonNode metrics = run.api().get("metrics/" + account.path("instrument").asText());
      long now = Samples.nowMicros();
      Said next = said(now, stream, account, metrics);
      if (said.isEmpty() || !next.isLike(said.get(said.size() - 1))) {
        said.add(next);
      }
      if (next.metrics.equals("OK")) {
        trustedBehind = Math.max(trustedBehind, next.behind);
      }
      for (JsonNode budget : stream.path("budgets")) {
        if (budget.path("name").asText().contains("REST")) {
          weight = budget.path("used").asText() + " of " + budget.path("limit").asText();
        }
      }
    }

    private Said said(long now, JsonNode stream, JsonNode account, JsonNode metrics) {
      String missing = account.path("unrepaired").asLong() > 0 ? " with ids missing" : "";
      boolean complete = metrics.path("metrics").path("delta.30s").path("complete").asBoolean();
      String reason =
          Stream.of(metrics, account)
              .map(it -> it.path("reason").asText())
              .filter(text -> !text.isBlank())
              .collect(Collectors.joining("; "));
      return new Said(
          (now - since) * 1e-6,
          stream.path("state").asText() + ", " + account.path("state").asText() + missing,
          metrics.path("status").asText() + (complete ? "" : ", incomplete"),
          (now - Pace.micros(Instant.parse(metrics.path("asOf").asText()))) * 1e-6,
          reason);
    }
  }
}
