package io.tapeflow.benchmarks.race;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of the distribution that somebody watches: when it says what, on its terminal, in its
 * log and over HTTP. Times are this machine's, in milliseconds.
 */
final class Instance implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern LOGGED = Pattern.compile("^(\\d{4}-\\S+T\\S+) \\S+ +\\[.*");

  /** The API answers two hundred requests a second. */
  private static final long LOOK_MILLIS = 10;

  private final Path home;
  private final Process process;
  private final Writer keyboard;
  private final Api api;
  private final long startedMillis;
  private final List<Line> lines = new CopyOnWriteArrayList<>();

  /** What it said, and when. */
  record Line(long millis, String text) {}

  /**
   * Starts one.
   *
   * @param home where it may write
   * @param command and its options but for home and port
   */
  Instance(Path distribution, Path home, List<String> command) throws IOException {
    this.home = home;
    int port = Run.freePort();
    api = new Api(port);
    Files.createDirectories(home);
    List<String> words = new ArrayList<>();
    words.add(distribution.resolve("bin/tapeflow").toString());
    words.addAll(command);
    words.addAll(List.of("--http-port", Integer.toString(port), "--home", home.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectError(home.resolve("err.txt").toFile());
    startedMillis = System.currentTimeMillis();
    process = builder.start();
    keyboard = process.outputWriter(StandardCharsets.UTF_8);
    Venue.start("terminal", this::read);
  }

  private void read() {
    try (BufferedReader terminal = process.inputReader(StandardCharsets.UTF_8)) {
      for (String text = terminal.readLine(); text != null; text = terminal.readLine()) {
        lines.add(new Line(System.currentTimeMillis(), text));
      }
    } catch (IOException e) {
      // It has ended.
    }
  }

  long startedMillis() {
    return startedMillis;
  }

  Process process() {
    return process;
  }

  Api api() {
    return api;
  }

  /** Types a line. */
  void type(String line) {
    try {
      keyboard.write(line + '\n');
      keyboard.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean hasLine(String words) {
    return lines.stream().anyMatch(line -> line.text.contains(words));
  }

  /** Waits for a line with some words on its terminal. */
  Line awaitLine(String words) {
    return await(
        "the line '" + words + "'",
        () -> lines.stream().filter(line -> line.text.contains(words)).findFirst());
  }

  /** Waits until the metrics rest on a trade with this id or a higher one; returns when. */
  long awaitMetrics(String symbol, long id) {
    return await(
        "metrics of " + symbol,
        () ->
            api.find("metrics/" + symbol)
                .filter(metrics -> metrics.path("lastTradeId").asLong(-1) >= id)
                .map(metrics -> System.currentTimeMillis()));
  }

  <T> T await(String what, Supplier<Optional<T>> look) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      Optional<T> seen = look.get();
      if (seen.isPresent()) {
        return seen.get();
      }
      Run.sleep(LOOK_MILLIS);
    }
    throw new IllegalStateException("Waited in vain for " + what + "; see " + home);
  }

  /** When the log first had some words, from a time on. */
  Optional<Long> logged(String words, long sinceMillis) {
    try {
      return Files.readAllLines(home.resolve("logs/tapeflow.log")).stream()
          .filter(line -> line.contains(words))
          .map(LOGGED::matcher)
          .filter(Matcher::matches)
          .map(line -> OffsetDateTime.parse(line.group(1)).toInstant().toEpochMilli())
          .filter(millis -> millis >= sinceMillis)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as an operator does. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
