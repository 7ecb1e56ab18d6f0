package io.tapeflow.launcher;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs everything against the embedded venue. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Runs Tapeflow on an embedded venue, with a made-up market and no network.")
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--symbols",
      paramLabel = "A,B",
      defaultValue = "BTCUSDT,ETHUSDT",
      converter = Symbols.Reader.class,
      description = "What the venue trades (default: ${DEFAULT-VALUE}).")
  private Symbols symbols;

  @Mixin private InstanceOptions instance;

  @Override
  public Integer call() throws CommandFailure {
    Port port = Port.free();
    instance.run(
        (home, terminal) -> {
          home.configure(venue(port));
          WhenListening.run(port, () -> configureStream(home, port, terminal));
        },
        new DemoScreen(symbols.names()));
    return 0;
  }

  /** The embedded venue. */
  Configuration venue(Port port) {
    return new Configuration(
        "io.tapeflow.simulator-demo",
        Map.of("port", Integer.toString(port.number()), "symbols", symbols.toString()));
  }

  /** The stream that connects to it. */
  Configuration stream(Port port) {
    return new Configuration(
        "io.tapeflow.stream-demo",
        Map.of(
            "venue",
            "binance-spot",
            "symbols",
            symbols.toString(),
            "ws.endpoint",
            "ws://127.0.0.1:" + port.number(),
            "rest.endpoint",
            "http://127.0.0.1:" + port.number()));
  }

  private void configureStream(Home home, Port port, Terminal terminal) {
    try {
      home.configure(stream(port));
    } catch (CommandFailure e) {
      terminal.problem(e.getMessage());
    }
  }
}
