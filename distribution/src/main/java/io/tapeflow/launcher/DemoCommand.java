package io.tapeflow.launcher;

import java.util.LinkedHashMap;
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
    instance.run(configurations(Port.free().number()), new DemoScreen(symbols.names()));
    return 0;
  }

  /** The venue and the stream that connects to it, by file name. */
  Map<String, Map<String, String>> configurations(int port) {
    Map<String, Map<String, String>> configurations = new LinkedHashMap<>();
    configurations.put(
        "io.tapeflow.simulator-demo",
        Map.of("port", Integer.toString(port), "symbols", symbols.toString()));
    configurations.put(
        "io.tapeflow.stream-demo",
        Map.of(
            "venue",
            "binance-spot",
            "symbols",
            symbols.toString(),
            "ws.endpoint",
            "ws://127.0.0.1:" + port,
            "rest.endpoint",
            "http://127.0.0.1:" + port));
    return configurations;
  }
}
