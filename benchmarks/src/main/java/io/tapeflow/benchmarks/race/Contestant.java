package io.tapeflow.benchmarks.race;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Who takes part.
 *
 * @param kind what it is
 */
record Contestant(String name, Kind kind) {
  /** All, in the order of the table. */
  static final List<Contestant> ALL =
      List.of(
          new Contestant("tapeflow", Kind.DISTRIBUTION),
          new Contestant("tapeflow-core", Kind.DISTRIBUTION_WITHOUT_FAMILIES),
          new Contestant("tapeflow-probed", Kind.DISTRIBUTION_WITH_PROBE),
          new Contestant("xchange-stream", Kind.PEER),
          new Contestant("binance-connector", Kind.PEER),
          new Contestant("jetty-databind", Kind.PEER),
          new Contestant("nv-databind", Kind.PEER),
          new Contestant("raw-scan", Kind.PEER));

  /** What a contestant is. */
  enum Kind {
    /** As it is shipped. */
    DISTRIBUTION,
    /** With every family of metrics switched off: windows of delta and volume, and CVD, remain. */
    DISTRIBUTION_WITHOUT_FAMILIES,
    /** With a host's bundle that takes latency; what it uses is not of interest. */
    DISTRIBUTION_WITH_PROBE,
    /** A class of this module. */
    PEER
  }

  static Contestant named(String name) {
    return ALL.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  boolean isDistribution() {
    return kind != Kind.PEER;
  }

  /** Whether it tells what it has taken through a {@link Tally}. */
  boolean isTallied() {
    return kind == Kind.PEER || kind == Kind.DISTRIBUTION_WITH_PROBE;
  }

  /**
   * Starts its process.
   *
   * @param httpPort for the distribution
   */
  Process start(Setup setup, Venue venue, int httpPort) {
    Path home = setup.home();
    try {
      Files.createDirectories(home.resolve("conf"));
      Files.createDirectories(home.resolve("load"));
      setup.configure(venue);
      if (kind == Kind.DISTRIBUTION_WITHOUT_FAMILIES) {
        Files.writeString(home.resolve("conf/io.tapeflow.metrics.cfg"), "families.off=*\n");
      } else if (kind == Kind.DISTRIBUTION_WITH_PROBE) {
        Probe.write(home.resolve("load/probe.jar"));
      }
      ProcessBuilder builder =
          new ProcessBuilder(
                  isDistribution() ? run(setup, venue, httpPort) : peer(venue, setup.symbols()))
              .redirectOutput(output(home).toFile())
              .redirectError(home.resolve("err.txt").toFile());
      setup
          .properties()
          .forEach(
              (name, value) ->
                  builder
                      .environment()
                      .merge("TAPEFLOW_OPTS", "-D" + name + '=' + value, (a, b) -> a + ' ' + b));
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it prints. */
  static Path output(Path home) {
    return home.resolve("out.txt");
  }

  private static List<String> run(Setup setup, Venue venue, int httpPort) {
    return List.of(
        setup.distribution().resolve("bin/tapeflow").toString(),
        "run",
        "--venue",
        "binance-spot",
        "--symbols",
        String.join(",", setup.dealt().get(0)),
        "--ws-endpoint",
        venue.webSocket().toString(),
        "--rest-endpoint",
        venue.rest().toString(),
        "--http-port",
        Integer.toString(httpPort),
        "--home",
        setup.home().toString(),
        "--report-json");
  }

  private List<String> peer(Venue venue, List<String> symbols) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.tapeflow.benchmarks.peers.Peer");
    command.add(name);
    command.add(venue.webSocket().toString());
    command.addAll(symbols);
    return command;
  }
}
