package io.tapeflow.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * One replay: starts the platform with a venue that plays the archives, follows them to their end,
 * and sums up.
 */
final class Replay {
  private static final Logger SPI_FLY = Logger.getLogger("org.apache.aries.spifly");
  private static final String FOLLOWER = "replay";
  private static final String BACKTEST = "backtest";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(100);

  /** If the archive has ended and nothing has come for so long, what has not come will not. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ArchiveFiles archives;
  private final Speed speed;
  private final Path out;
  private final List<Path> plans;
  private final Path wantedHome;
  private final Terminal terminal = new Terminal(System.out, System.err);
  private volatile OrderlyStop orderlyStop;

  /**
   * A replay.
   *
   * @param out file for snapshots; null for none
   * @param plans files of plans to be tried
   * @param home null for a temporary one
   */
  Replay(ArchiveFiles archives, Speed speed, Path out, List<Path> plans, Path home) {
    this.archives = archives;
    this.speed = speed;
    this.out = out;
    this.plans = List.copyOf(plans);
    this.wantedHome = home;
  }

  /** Plays to the end. Fails, behind the summary, if the archive did or trades were lost. */
  void run() throws CommandFailure {
    Path folder = wantedHome == null ? temporary() : wantedHome;
    Home home;
    try {
      home = Home.at(folder);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage());
    }
    HomeLock lock = HomeLock.take(home);
    Thread atSignal = new Thread(this::stop, "tapeflow-stop");
    Runtime.getRuntime().addShutdownHook(atSignal);
    try {
      play(home);
    } finally {
      stop();
      forget(atSignal);
      lock.release();
      if (wantedHome == null) {
        delete(folder);
      }
    }
  }

  private void play(Home home) throws CommandFailure {
    Path distribution = Distribution.folder();
    home.fill(distribution);
    Port port = Port.free();
    home.configure(venue(port));
    home.configure(follower());
    if (!plans.isEmpty()) {
      home.configure(backtest());
    }
    ConsolePassword password = ConsolePassword.of(home);
    Map<String, String> settings = Settings.of(home, Port.free(), password, false);
    SPI_FLY.setLevel(Level.WARNING);
    System.setProperty("tapeflow.home", home.folder().toString());
    System.setProperty(
        "logback.configurationFile", home.conf().resolve("logback.xml").toUri().toString());
    Platform platform = new Platform(settings, distribution.resolve("bundle"), terminal);
    orderlyStop = new OrderlyStop(platform.framework(), new Terminal(quiet(), System.err));
    platform.start(orderlyStop);
    try {
      BundleContext context = platform.framework().getBundleContext();
      Function<String, Map<String, Object>> follower = function(context, FOLLOWER);
      Function<String, Map<String, Object>> backtest =
          plans.isEmpty() ? null : function(context, BACKTEST);
      home.configure(stream(port));
      follow(follower, backtest);
    } catch (InterruptedException e) {
      throw new CommandFailure("interrupted", e);
    }
  }

  private void follow(
      Function<String, Map<String, Object>> follower,
      Function<String, Map<String, Object>> backtest)
      throws InterruptedException, CommandFailure {
    ReplayBar bar = new ReplayBar(System.err, Boolean.getBoolean("tapeflow.terminal"));
    ReplayProgress progress = ReplayProgress.of(follower.apply("progress"));
    long begin = 0;
    long end = System.nanoTime();
    long still = System.nanoTime();
    while (!progress.arrived() && !isOver(progress, still)) {
      Thread.sleep(LOOK.toMillis());
      if (progress.trades() == 0 && System.nanoTime() - still > START_LIMIT.toNanos()) {
        throw new CommandFailure(
            "no trade of "
                + archives.symbol()
                + " has come within "
                + START_LIMIT.toSeconds()
                + " s; with --home, a log is kept that says why");
      }
      long before = progress.trades();
      progress = ReplayProgress.of(follower.apply("progress"));
      if (progress.trades() > before) {
        still = System.nanoTime();
        end = still;
      }
      begin = begin == 0 && progress.trades() > 0 ? System.nanoTime() : begin;
      bar.show(progress, begin == 0 ? 0 : System.nanoTime() - begin);
    }
    bar.clear();
    ReplaySummary summary =
        new ReplaySummary(
            archives,
            follower.apply("finish"),
            progress,
            Math.max(1, end - begin + LOOK.toNanos()));
    summary.lines().forEach(terminal::line);
    if (backtest != null) {
      report(backtest, progress.trades());
    }
    if (!summary.problem().isEmpty()) {
      throw new CommandFailure(summary.problem());
    }
  }

  /** Shows what became of the plans, once they have been shown what has come. */
  private void report(Function<String, Map<String, Object>> backtest, long trades)
      throws InterruptedException {
    long seen = -1;
    long still = System.nanoTime();
    while (seen < trades && System.nanoTime() - still < PATIENCE.toNanos()) {
      long now = ((Number) backtest.apply("progress").get("trades")).longValue();
      if (now > seen) {
        seen = now;
        still = System.nanoTime();
      }
      Thread.sleep(LOOK.toMillis());
    }
    terminal.line("");
    for (Object line : (List<?>) backtest.apply("finish").get("lines")) {
      terminal.line(line.toString());
    }
    if (seen < trades) {
      terminal.line("Plans were shown %d of %d trades".formatted(seen, trades));
    }
  }

  private static boolean isOver(ReplayProgress progress, long still) {
    return progress.ended() && System.nanoTime() - still > PATIENCE.toNanos();
  }

  Configuration venue(Port port) {
    String paths = archives.paths().stream().map(Path::toString).collect(Collectors.joining(","));
    String symbols =
        archives.paths().stream().map(it -> archives.symbol()).collect(Collectors.joining(","));
    return new Configuration(
        "io.tapeflow.simulator-replay",
        Map.of(
            "port",
            Integer.toString(port.number()),
            "archive",
            paths,
            "archive.symbol",
            symbols,
            "archive.strict",
            "true",
            "speed",
            speed.text()));
  }

  Configuration follower() {
    Map<String, String> properties = new HashMap<>();
    properties.put("symbol", archives.symbol());
    properties.put("tapeflow.instruments", archives.symbol());
    if (out != null) {
      properties.put("out", out.toAbsolutePath().normalize().toString());
    }
    return new Configuration("io.tapeflow.web.replay", properties);
  }

  Configuration backtest() {
    return new Configuration(
        "io.tapeflow.plan.backtest",
        Map.of(
            "files",
            plans.stream()
                .map(it -> it.toAbsolutePath().normalize().toString())
                .collect(Collectors.joining(",")),
            "tapeflow.instruments",
            archives.symbol()));
  }

  /** A stream that waits for slow passages of an archive and keeps what they leave behind. */
  Configuration stream(Port port) {
    return new Configuration(
        "io.tapeflow.stream-replay",
        Map.of(
            "venue", "binance-spot",
            "symbols", archives.symbol(),
            "ws.endpoint", "ws://127.0.0.1:" + port.number(),
            "rest.endpoint", "http://127.0.0.1:" + port.number(),
            "connect.timeout.ms", "600000",
            "idle.timeout.ms", "3600000",
            "history.seconds", "31622400",
            // What the archive does not have is not there to wait for.
            "hold.ms", "0",
            // Archives are in microseconds by now: not a digit of their times is to be lost.
            "venue.options", "time=us"));
  }

  @SuppressWarnings("unchecked") // The registry knows classes, not their parameters.
  private static Function<String, Map<String, Object>> function(BundleContext context, String role)
      throws CommandFailure, InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    do {
      try {
        @SuppressWarnings("rawtypes")
        Collection<ServiceReference<Function>> found =
            context.getServiceReferences(Function.class, "(tapeflow.role=" + role + ")");
        for (ServiceReference<?> reference : found) {
          return (Function<String, Map<String, Object>>) context.getService(reference);
        }
      } catch (InvalidSyntaxException e) {
        throw new IllegalStateException("a constant filter", e);
      }
      Thread.sleep(20);
    } while (System.nanoTime() < end);
    throw new CommandFailure("the " + role + " has not started; the log says why");
  }

  private void stop() {
    OrderlyStop known = orderlyStop;
    if (known != null) {
      known.everything();
    }
  }

  private static PrintStream quiet() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  private static Path temporary() throws CommandFailure {
    try {
      return Files.createTempDirectory("tapeflow-replay-");
    } catch (IOException e) {
      throw new CommandFailure("cannot make a temporary home; choose one with --home", e);
    }
  }

  private static void delete(Path folder) throws CommandFailure {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException fault)
                throws IOException {
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new CommandFailure("cannot delete the temporary home " + folder, e);
    }
  }

  private static void forget(Thread atSignal) {
    try {
      Runtime.getRuntime().removeShutdownHook(atSignal);
    } catch (IllegalStateException e) {
      // It runs, and ends the process itself.
    }
  }
}
