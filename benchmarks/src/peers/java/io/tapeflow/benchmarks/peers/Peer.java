package io.tapeflow.benchmarks.peers;

import io.tapeflow.benchmarks.race.Tally;
import java.net.URI;
import java.util.Map;

/** Runs one of the peers until the process is ended. */
public final class Peer {
  private static final Map<String, Client> CLIENTS =
      Map.of(
          "xchange-stream",
          new XChangeStream(),
          "binance-connector",
          new BinanceConnector(),
          "jetty-databind",
          new JettyText(),
          "nv-databind",
          new NvWebSocket(),
          "raw-scan",
          new RawScan());

  private Peer() {}

  /** A way to follow an instrument's trades. */
  interface Client {
    /**
     * Follows them from now on.
     *
     * @param venue where it streams, without a path
     */
    void follow(URI venue, String symbol, Tally tally) throws Exception;
  }

  /**
   * Runs one.
   *
   * @param args its name, where the venue streams, and the symbol
   */
  public static void main(String[] args) throws Exception {
    CLIENTS.get(args[0]).follow(URI.create(args[1]), args[2], Tally.published());
    Thread.currentThread().join();
  }
}
