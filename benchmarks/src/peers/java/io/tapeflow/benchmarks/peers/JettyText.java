package io.tapeflow.benchmarks.peers;

import io.tapeflow.benchmarks.race.Tally;
import java.net.URI;
import java.util.Locale;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.WebSocketClient;

/** Jetty's client as it comes, its text callback, and databind. */
final class JettyText implements Peer.Client {
  @Override
  public void follow(URI venue, String symbol, Tally tally) throws Exception {
    WebSocketClient client = new WebSocketClient();
    client.start();
    client
        .connect(
            new Listener(tally),
            URI.create(
                venue + "/stream?streams=" + symbol.toLowerCase(Locale.ROOT) + "@aggTrade"))
        .join();
  }

  /** Public because Jetty looks its methods up by the public lookup. */
  public static final class Listener implements Session.Listener.AutoDemanding {
    private final Tally tally;

    Listener(Tally tally) {
      this.tally = tally;
    }

    @Override
    public void onWebSocketText(String message) {
      CombinedMessage.take(message, tally);
    }
  }
}
