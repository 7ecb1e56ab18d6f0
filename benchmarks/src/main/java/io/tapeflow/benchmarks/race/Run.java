package io.tapeflow.benchmarks.race;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One contestant's process from its start to its end, through all phases. */
final class Run implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long LOOK_MILLIS = 20;

  /** Of compiling in a second. */
  private static final long CALM_MILLIS = 20;

  private static final int SCALE = 8;
  private static final String CVD = "cvd.start";

  private final Contestant contestant;
  private final int repeat;
  private final Path home;
  private final List<String> symbols;
  private final Venue venue;
  private final Api api;
  private final long startedNanos = System.nanoTime();
  private final Process process;
  private boolean mayHaveGaps;

  Run(Contestant contestant, int repeat, Setup setup) {
    this.contestant = contestant;
    this.repeat = repeat;
    home = setup.home();
    symbols = setup.symbols();
    venue = new Venue(symbols);
    int httpPort = freePort();
    api = new Api(httpPort);
    process = contestant.start(setup, venue, httpPort);
  }

  /** Holes are no fault from now on, if they are repaired. */
  void allowGaps() {
    mayHaveGaps = true;
  }

  Venue venue() {
    return venue;
  }

  /** Of a distribution. */
  Api api() {
    return api;
  }

  Process process() {
    return process;
  }

  /** Waits until all instruments are subscribed to. */
  void awaitSubscribed() {
    await("it to subscribe", () -> venue.subscriptions() == symbols.size());
  }

  /** Runs all phases. */
  List<Outcome> outcomes(Phases phases) {
    awaitSubscribed();
    List<Outcome> outcomes = new ArrayList<>();
    try (Meter meter = Meter.of(process)) {
      warmUp(meter, phases);
      for (long perSecond : phases.perSecond()) {
        settle(meter, perSecond, phases);
        outcomes.add(phase(meter, perSecond, phases.seconds()));
      }
    }
    return outcomes;
  }

  /** Checks that the probe of a distribution was shown the metrics at each trade. */
  void checkShown(Meter meter) {
    check("trades that metrics were shown at", venue.trades(), meter.tally().getTrades());
  }

  /** Checks what it has come to. A distribution is then at its end. */
  void check() {
    if (contestant.isDistribution()) {
      checkReport(endedReport());
    } else {
      try (Meter meter = Meter.of(process)) {
        checkTally(meter.tally());
      }
    }
  }

  /** How long it takes a distribution from its start to the first metrics; the venue sends on. */
  Duration untilMetrics(long perSecond) {
    venue.send(Pace.of(perSecond));
    await("its metrics", () -> venue.trades() > 0 && api.lastId(symbols.get(0)) >= Frames.FIRST_ID);
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /** Checks last id, number of trades and CVD of all instruments, while it goes on running. */
  void checkRunning() {
    Map<String, JsonNode> cvds = api.metricOfAll(CVD);
    for (JsonNode account : api.accounts()) {
      Listing listing = venue.listing(account.path("instrument").asText());
      if (listing.lastId() >= Frames.FIRST_ID) {
        String of = " of " + listing.symbol();
        check("last id" + of, listing.lastId(), account.path("lastId").asLong());
        check(
            "trades" + of,
            listing.lastId() - Frames.FIRST_ID + 1,
            account.path("delivered").asLong());
        check("gaps" + of, 0L, account.path("gaps").asLong());
        check(
            "CVD" + of,
            listing.round().cvdTo(listing.lastId()),
            units(cvds.get(listing.symbol()).path("value").asText()));
      }
    }
  }

  private static long units(String decimal) {
    return new BigDecimal(decimal).movePointRight(SCALE).longValueExact();
  }

  /** How many connections a distribution says it has; fails if it is another number. */
  int checkedConnections(int expected) {
    int connections = api.states().size();
    check("connections", expected, connections);
    return connections;
  }

  /** What a distribution's heap holds. */
  long heapBytes() {
    try (Meter meter = Meter.of(process)) {
      return meter.heapBytes();
    }
  }

  /** What of that a distribution says its histories are. */
  long historyBytes() {
    return api.sum("historyBytes");
  }

  private void warmUp(Meter meter, Phases phases) {
    if (phases.warmUpTrades() == 0) {
      return;
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(phases.warmUpSeconds());
    venue.send(Pace.of(0));
    while (venue.trades() < phases.warmUpTrades() && System.nanoTime() < end) {
      sleep(LOOK_MILLIS);
    }
    venue.idle();
    await("it to take what was sent", () -> hasTakenAll(meter));
  }

  /** Plays at a pace until hardly any code is being compiled for it. */
  private void settle(Meter meter, long perSecond, Phases phases) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(phases.warmUpSeconds());
    venue.send(Pace.of(perSecond));
    seconds(phases.settleSeconds());
    long before = meter.compilationMillis();
    boolean calm = false;
    while (!calm && System.nanoTime() < end) {
      seconds(1);
      long now = meter.compilationMillis();
      calm = now - before < CALM_MILLIS;
      before = now;
    }
    venue.idle();
    await("it to take what was sent", () -> hasTakenAll(meter));
  }

  private Outcome phase(Meter meter, long perSecond, int seconds) {
    boolean timed = contestant.isTallied() && perSecond > 0;
    if (timed) {
      meter.tally().setTimed(true);
    }
    long tradesBefore = venue.trades();
    Meter.Reading before = meter.read();
    play(meter, perSecond, seconds);
    Meter.Reading after = meter.read();
    double trades = venue.trades() - tradesBefore;
    List<Long> latency = List.of();
    if (timed) {
      latency = Arrays.stream(meter.tally().getLatencyMicros()).boxed().toList();
      meter.tally().setTimed(false);
    }
    return new Outcome(
        contestant.name(),
        repeat,
        perSecond == 0 ? "max" : Long.toString(perSecond),
        trades / (after.atNanos() - before.atNanos()) * 1e9,
        (after.cpuNanos() - before.cpuNanos()) / trades * 1e-3,
        (after.allocatedBytes() - before.allocatedBytes()) / trades,
        after.collections() - before.collections(),
        latency);
  }

  /** Plays at a pace and waits until all has been taken. */
  private void play(Meter meter, long perSecond, int seconds) {
    venue.send(Pace.of(perSecond));
    seconds(seconds);
    venue.idle();
    await("it to take what was sent", () -> hasTakenAll(meter));
  }

  /** Plays a distribution so many seconds at a pace, and waits until it has taken all. */
  void play(Pace pace, int seconds) {
    venue.send(pace);
    seconds(seconds);
    settle();
  }

  /** The venue sends no more; waits until a distribution has taken all. */
  void settle() {
    venue.idle();
    await("it to take what was sent", this::showsAll);
  }

  private boolean hasTakenAll(Meter meter) {
    return contestant.isDistribution()
        ? showsAll()
        : meter.tally().getLastId() == venue.listing(symbols.get(0)).lastId();
  }

  private boolean showsAll() {
    for (JsonNode account : api.accounts()) {
      long last = venue.listing(account.path("instrument").asText()).lastId();
      if (last >= Frames.FIRST_ID && last != account.path("lastId").asLong()) {
        return false;
      }
    }
    Map<String, JsonNode> cvds = api.metricOfAll(CVD);
    return symbols.stream()
        .map(venue::listing)
        .filter(listing -> listing.lastId() >= Frames.FIRST_ID)
        .allMatch(
            listing -> cvds.get(listing.symbol()).path("lastId").asLong() == listing.lastId());
  }

  private void checkTally(TallyMXBean tally) {
    Listing listing = venue.listing(symbols.get(0));
    long last = listing.lastId();
    check("last id", last, tally.getLastId());
    check("trades", last - Frames.FIRST_ID + 1, tally.getTrades());
    check("CVD", listing.round().cvdTo(last), tally.getCvd());
  }

  private void checkReport(JsonNode report) {
    check("trades", venue.trades(), report.path("trades").asLong());
    for (String symbol : symbols) {
      Listing listing = venue.listing(symbol);
      if (listing.lastId() < Frames.FIRST_ID) {
        continue;
      }
      JsonNode instrument = report.path("instruments").path(symbol);
      check("last id", listing.lastId(), instrument.path("lastId").asLong());
      check("missing ids", 0L, instrument.path("unrepaired").asLong());
      if (!mayHaveGaps) {
        check("gaps", 0L, instrument.path("gaps").asLong());
      }
      check(
          "CVD of " + symbol,
          listing.round().cvdTo(listing.lastId()),
          units(instrument.path("cvd").asText()));
    }
  }

  /** Fails if a figure is another one than it should be. */
  void check(String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new IllegalStateException(
          "%s: %s is %s and should be %s; see %s"
              .formatted(contestant.name(), what, actual, expected, home));
    }
  }

  /** Ends the distribution as an operator does, and reads its last line. */
  private JsonNode endedReport() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(contestant.name() + " does not end");
      }
      List<String> lines = Files.readAllLines(Contestant.output(home));
      return JSON.readTree(lines.get(lines.size() - 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits; fails if it takes too long, or the process ends. */
  void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new IllegalStateException(
            "Waited in vain for %s: %s; see %s".formatted(what, contestant.name(), home));
      }
      sleep(LOOK_MILLIS);
    }
  }

  static void seconds(int seconds) {
    sleep(TimeUnit.SECONDS.toMillis(seconds));
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    venue.close();
  }
}
