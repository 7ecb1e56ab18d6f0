package io.tapeflow.benchmarks.race;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * How long it takes from the start of a process to the first metrics, on the embedded venue and on
 * a calm one, and from the update of a bundle to the first metrics behind it; and where that time
 * goes, by what the distribution says on its terminal, in its log and in the timeline of its
 * stream. Writes {@code startup.json} and {@code startup.md}.
 */
public final class Startup {
  private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");
  private static final String SYMBOL = SYMBOLS.get(0);
  private static final int SCALE = 8;
  private static final Map<String, String> DEFAULTS =
      Options.defaults(
          "repeats",
          "5",
          "parts",
          "demo,run,redeploy",
          "bundles",
          "io.tapeflow.metrics,io.tapeflow.stream",
          "pace",
          "200",
          "settle",
          "5",
          "distribution",
          "distribution/target/tapeflow",
          "out",
          "benchmarks/target/startup");

  /** Words of the log, and what has been reached when it has them. */
  private static final Map<String, String> LOGGED =
      Map.of(
          "Metrics over", "the metrics' component is active",
          "Started Jetty", "the HTTP server listens",
          "the embedded venue lists", "the embedded venue listens",
          "Kept the metrics' state", "the metrics' state is kept",
          "is stopped", "the stream is stopped",
          "is live after", "the stream is live");

  private Startup() {}

  /**
   * Runs it.
   *
   * @param args {@code repeats=5} of each of {@code parts=demo,run,redeploy}; {@code
   *     bundles=io.tapeflow.metrics,io.tapeflow.stream} are updated; {@code pace=200} trades a
   *     second of the venue of {@code run}; {@code settle=5} seconds ahead of each update; {@code
   *     distribution=…}, {@code out=…}
   */
  public static void main(String[] args) throws IOException {
    Options options = Options.of(DEFAULTS, args);
    Machine machine = Machine.here();
    Map<String, List<Stages>> outcomes = new LinkedHashMap<>();
    for (String part : options.texts("parts")) {
      switch (part) {
        case "demo" -> outcomes.put("demo, from its start", starts(options, Startup::demo));
        case "run" -> outcomes.put("run, from its start", starts(options, Startup::run));
        case "redeploy" ->
            redeploys(options)
                .forEach(
                    one -> outcomes.computeIfAbsent(one.of(), any -> new ArrayList<>()).add(one));
        default -> throw new IllegalArgumentException("parts=" + part);
      }
    }
    StringBuilder tables = new StringBuilder();
    outcomes.forEach(
        (what, each) ->
            tables.append("**" + what + "**\n\n").append(Stages.table(each)).append('\n'));
    new Results(machine, options.values(), outcomes)
        .write(options.path("out"), "startup", tables.toString());
  }

  /** A start of a process. */
  @FunctionalInterface
  private interface Part {
    Stages start(Options options, Path home) throws IOException;
  }

  private static List<Stages> starts(Options options, Part part) throws IOException {
    List<Stages> starts = new ArrayList<>();
    for (int repeat = 1; repeat <= options.number("repeats"); repeat++) {
      Path home = options.path("out").resolve("home");
      Race.deleteAll(home);
      starts.add(part.start(options, home));
      System.out.println(starts.get(starts.size() - 1));
    }
    return starts;
  }

  private static Stages demo(Options options, Path home) throws IOException {
    try (Instance instance = new Instance(options.path("distribution"), home, List.of("demo"))) {
      return started("demo", instance, 0);
    }
  }

  private static Stages run(Options options, Path home) throws IOException {
    try (Venue venue = new Venue(SYMBOLS)) {
      venue.send(Pace.punctual(options.big("pace")));
      try (Instance instance = new Instance(options.path("distribution"), home, run(venue))) {
        return started("run", instance, Frames.FIRST_ID);
      }
    }
  }

  private static List<String> run(Venue venue) {
    return List.of(
        "run",
        "--venue",
        "binance-spot",
        "--symbols",
        String.join(",", SYMBOLS),
        "--ws-endpoint",
        venue.webSocket().toString(),
        "--rest-endpoint",
        venue.rest().toString());
  }

  private static Stages started(String what, Instance instance, long firstId) {
    Stages stages = Stages.of(what);
    long began = instance.startedMillis();
    stages.reached("the launcher's first line", began, instance.awaitLine("Tapeflow ").millis());
    stages.reached(
        "all but the last level of bundles", began, instance.awaitLine("  Home ").millis());
    stages.reached("**the first metrics**", began, instance.awaitMetrics(SYMBOL, firstId));
    long cpu = instance.process().info().totalCpuDuration().map(it -> it.toMillis()).orElse(-1L);
    stages.reached("(processor time by then)", 0, cpu);
    try (Meter meter = Meter.of(instance.process())) {
      stages.reached("Java runs", began, meter.startMillis());
    }
    logged(stages, instance, began);
    JsonNode stream = instance.api().get("streams").path(0);
    for (JsonNode change : stream.path("timeline")) {
      if (change.path("state").asText().equals("CONNECTING")) {
        stages.reached(
            "the stream connects", began, Instant.parse(change.path("at").asText()).toEpochMilli());
        break;
      }
    }
    return stages;
  }

  private static void logged(Stages stages, Instance instance, long began) {
    LOGGED.forEach(
        (words, stage) ->
            instance.logged(words, began).ifPresent(at -> stages.reached(stage, began, at)));
  }

  private static List<Stages> redeploys(Options options) throws IOException {
    Path home = options.path("out").resolve("home");
    Race.deleteAll(home);
    List<Stages> redeploys = new ArrayList<>();
    try (Venue venue = new Venue(SYMBOLS)) {
      List<String> command = new ArrayList<>(run(venue));
      command.add("--shell");
      venue.goOn();
      venue.send(Pace.punctual(options.big("pace")));
      try (Instance instance = new Instance(options.path("distribution"), home, command)) {
        instance.awaitMetrics(SYMBOL, Frames.FIRST_ID);
        instance.awaitLine("Welcome to Apache Felix Gogo");
        for (int repeat = 1; repeat <= options.number("repeats"); repeat++) {
          for (String bundle : options.texts("bundles")) {
            Run.seconds(options.number("settle"));
            redeploys.add(redeployed(bundle, instance, venue, bundle + '-' + repeat));
            System.out.println(redeploys.get(redeploys.size() - 1));
          }
        }
        checkCvd(instance, venue);
      }
    }
    return redeploys;
  }

  private static Stages redeployed(String bundle, Instance instance, Venue venue, String word) {
    Stages stages = Stages.of("update " + bundle);
    Newest newest = new Newest(instance.api(), SYMBOL);
    newest.watch(() -> newest.id() >= 0);
    long began = System.currentTimeMillis();
    instance.type("update " + bundle + "; echo done-" + word);
    newest.watch(() -> instance.hasLine("done-" + word));
    stages.reached("the command has ended", began, instance.awaitLine("done-" + word).millis());
    long id = venue.listing(SYMBOL).lastId();
    newest.watch(() -> newest.id() >= id);
    stages.reached("**metrics of a later trade**", began, newest.atMillis());
    stages.reached("(longest without newer metrics)", 0, newest.longestMillis());
    logged(stages, instance, began);
    return stages;
  }

  private static void checkCvd(Instance instance, Venue venue) {
    venue.idle();
    Listing listing = venue.listing(SYMBOL);
    instance.awaitMetrics(SYMBOL, listing.lastId());
    JsonNode cvd =
        instance.api().get("metrics/" + SYMBOL).path("metrics").path("cvd.start").path("value");
    BigDecimal expected = BigDecimal.valueOf(listing.round().cvdTo(listing.lastId()), SCALE);
    if (expected.compareTo(new BigDecimal(cvd.asText())) != 0) {
      throw new IllegalStateException("CVD is " + cvd + " and should be " + expected);
    }
  }

  /** The newest trade that metrics show, as somebody sees it who asks again and again. */
  private static final class Newest {
    private static final long APART_MILLIS = 7;

    private final Api api;
    private final String symbol;
    private long id = -1;
    private long atMillis = System.currentTimeMillis();
    private long longestMillis;

    Newest(Api api, String symbol) {
      this.api = api;
      this.symbol = symbol;
    }

    /** Asks until something is so, or for so long that it will not be. */
    void watch(BooleanSupplier until) {
      long end = System.currentTimeMillis() + 60_000;
      while (!until.getAsBoolean()) {
        Optional<JsonNode> metrics = api.find("metrics/" + symbol);
        long now = System.currentTimeMillis();
        long shown = metrics.map(it -> it.path("lastTradeId").asLong(-1)).orElse(-1L);
        if (shown > id) {
          if (id >= 0) {
            longestMillis = Math.max(longestMillis, now - atMillis);
          }
          id = shown;
          atMillis = now;
        }
        if (now > end) {
          throw new IllegalStateException("No newer metrics than of trade " + id);
        }
        Run.sleep(APART_MILLIS);
      }
    }

    long id() {
      return id;
    }

    long atMillis() {
      return atMillis;
    }

    long longestMillis() {
      return longestMillis;
    }
  }
}
