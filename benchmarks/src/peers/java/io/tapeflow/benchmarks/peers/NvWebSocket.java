package io.tapeflow.benchmarks.peers;

import com.neovisionaries.ws.client.WebSocket;
import com.neovisionaries.ws.client.WebSocketAdapter;
import com.neovisionaries.ws.client.WebSocketFactory;
import io.tapeflow.benchmarks.race.Tally;
import java.net.URI;
import java.util.Locale;

/** nv-websocket-client and databind. */
final class NvWebSocket implements Peer.Client {
  @Override
  public void follow(URI venue, String symbol, Tally tally) throws Exception {
    new WebSocketFactory()
        .createSocket(
            URI.create(venue + "/stream?streams=" + symbol.toLowerCase(Locale.ROOT) + "@aggTrade"))
        .addListener(
            new WebSocketAdapter() {
              @Override
              public void onTextMessage(WebSocket socket, String text) {
                CombinedMessage.take(text, tally);
              }
            })
        .connect();
  }
}
