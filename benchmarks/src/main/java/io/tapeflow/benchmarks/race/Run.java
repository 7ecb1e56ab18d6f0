package io.tapeflow.benchmarks.race;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One contestant's process from its start to its end, through all phases. */
final class Run implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long LOOK_MILLIS = 20;
  private static final int SCALE = 8;

  private final Contestant contestant;
  private final int repeat;
  private final Path home;
  private final List<String> symbols;
  private final Venue venue;
  private final int httpPort;
  private final long startedNanos = System.nanoTime();
  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();

  Run(Contestant contestant, int repeat, Path distribution, Path home, List<String> symbols) {
    this.contestant = contestant;
    this.repeat = repeat;
    this.home = home;
    this.symbols = symbols;
    venue = new Venue(symbols);
    httpPort = freePort();
    process = contestant.start(distribution, home, venue, symbols, httpPort);
  }

  /** Runs all phases. */
  List<Outcome> outcomes(Phases phases) {
    await("it to subscribe", () -> venue.subscriptions() == symbols.size());
    List<Outcome> outcomes = new ArrayList<>();
    try (Meter meter = Meter.of(process)) {
      warmUp(meter, phases);
      for (long perSecond : phases.perSecond()) {
        play(meter, perSecond, phases.settleSeconds());
        outcomes.add(phase(meter, perSecond, phases.seconds()));
      }
    }
    return outcomes;
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
    await("its metrics", () -> venue.trades() > 0 && lastId(symbols.get(0)) >= Frames.FIRST_ID);
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /** Checks the CVD of each instrument of a distribution that goes on running. */
  void checkCvds() {
    for (String symbol : symbols) {
      Listing listing = venue.listing(symbol);
      if (listing.lastId() >= Frames.FIRST_ID) {
        String cvd =
            get("metrics/" + symbol).path("metrics").path("cvd.start").path("value").asText();
        check("CVD of " + symbol, listing.round().cvdTo(listing.lastId()), units(cvd));
        // The API answers so many requests a second.
        sleep(LOOK_MILLIS);
      }
    }
  }

  private static long units(String decimal) {
    return new BigDecimal(decimal).movePointRight(SCALE).longValueExact();
  }

  /** What a distribution's heap holds. */
  long heapBytes() {
    try (Meter meter = Meter.of(process)) {
      return meter.heapBytes();
    }
  }

  /** What of that a distribution says its histories are. */
  long historyBytes() {
    long bytes = 0;
    for (JsonNode stream : get("streams")) {
      for (JsonNode instrument : stream.path("instruments")) {
        bytes += instrument.path("historyBytes").asLong();
      }
    }
    return bytes;
  }

  private void warmUp(Meter meter, Phases phases) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(phases.warmUpSeconds());
    venue.send(Pace.of(0));
    while (venue.trades() < phases.warmUpTrades() && System.nanoTime() < end) {
      sleep(LOOK_MILLIS);
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

  private void play(Meter meter, long perSecond, int seconds) {
    venue.send(Pace.of(perSecond));
    sleep(TimeUnit.SECONDS.toMillis(seconds));
    venue.idle();
    await("it to take what was sent", () -> hasTakenAll(meter));
  }

  private boolean hasTakenAll(Meter meter) {
    if (!contestant.isDistribution()) {
      return meter.tally().getLastId() == venue.listing(symbols.get(0)).lastId();
    }
    for (JsonNode stream : get("streams")) {
      for (JsonNode instrument : stream.path("instruments")) {
        long last = venue.listing(instrument.path("instrument").asText()).lastId();
        if (last >= Frames.FIRST_ID && last != instrument.path("lastId").asLong()) {
          return false;
        }
      }
    }
    return lastId(symbols.get(0)) == venue.listing(symbols.get(0)).lastId();
  }

  private long lastId(String symbol) {
    return get("metrics/" + symbol).path("lastTradeId").asLong();
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
      check("gaps", 0L, instrument.path("gaps").asLong());
      check(
          "CVD of " + symbol,
          listing.round().cvdTo(listing.lastId()),
          units(instrument.path("cvd").asText()));
    }
  }

  private void check(String what, Object expected, Object actual) {
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

  private JsonNode get(String path) {
    URI uri = URI.create("http://127.0.0.1:" + httpPort + "/tapeflow/api/" + path);
    try {
      return JSON.readTree(
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new IllegalStateException(
            "Waited in vain for %s: %s; see %s".formatted(what, contestant.name(), home));
      }
      sleep(LOOK_MILLIS);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() {
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
