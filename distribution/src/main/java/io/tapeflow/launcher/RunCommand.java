package io.tapeflow.launcher;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a stream from a real venue, or from whatever speaks its protocol. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Runs Tapeflow on a venue until SIGTERM or Ctrl-C.")
final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--venue",
      paramLabel = "NAME",
      required = true,
      converter = Venue.Reader.class,
      description = "Whose protocol: binance-spot or binance-usdm.")
  private Venue venue;

  @Option(
      names = "--symbols",
      paramLabel = "A,B",
      required = true,
      converter = Symbols.Reader.class,
      description = "What to follow, such as BTCUSDT,ETHUSDT.")
  private Symbols symbols;

  @Option(
      names = "--ws-endpoint",
      paramLabel = "URL",
      converter = Endpoint.WebSocketReader.class,
      description = "Where the trades come from (default: the exchange).")
  private Endpoint webSocket;

  @Option(
      names = "--rest-endpoint",
      paramLabel = "URL",
      converter = Endpoint.RestReader.class,
      description =
          "Where missing trades are asked for (default: the exchange; nowhere if --ws-endpoint is"
              + " given, so that trades of two venues never mix).")
  private Endpoint rest;

  @Option(
      names = "--report-json",
      description =
          "End with one line of JSON: trades, last id, CVD and latency of each instrument; wall and"
              + " processor time and allocated bytes of the process.")
  private boolean report;

  @Option(
      names = "--venue-options",
      paramLabel = "A=B,C=D",
      converter = VenueOptions.Reader.class,
      description =
          "Options of the venue's own (default: the venue's); of binance-usdm quantity=q or nq"
              + " (without retail price improvement), and route.")
  private VenueOptions options = VenueOptions.NONE;

  @Mixin private InstanceOptions instance;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    try {
      venue.check(options);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    String from = webSocket == null ? "the exchange" : webSocket.toString();
    instance.run(
        (home, terminal) -> home.configure(stream()),
        new RunScreen(venue + " " + String.join(", ", symbols.names()) + " from " + from, report));
    return 0;
  }

  /** What the command line asks for. */
  Configuration stream() {
    Map<String, String> stream = new LinkedHashMap<>();
    stream.put("venue", venue.toString());
    stream.put("symbols", symbols.toString());
    if (!options.values().isEmpty()) {
      stream.put("venue.options", options.toString());
    }
    if (webSocket != null) {
      stream.put("ws.endpoint", webSocket.toString());
    }
    if (rest != null) {
      stream.put("rest.endpoint", rest.toString());
    }
    return new Configuration("io.tapeflow.stream-run", stream);
  }
}
