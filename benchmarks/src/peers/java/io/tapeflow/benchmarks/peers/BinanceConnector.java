package io.tapeflow.benchmarks.peers;

import com.binance.connector.client.impl.WebSocketStreamClientImpl;
import io.tapeflow.benchmarks.race.Tally;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The exchange's own connector, which hands on text, and databind. */
final class BinanceConnector implements Peer.Client {
  @Override
  public void follow(URI venue, String symbol, Tally tally) {
    new WebSocketStreamClientImpl(venue.toString())
        .combineStreams(
            new ArrayList<>(List.of(symbol.toLowerCase(Locale.ROOT) + "@aggTrade")),
            text -> CombinedMessage.take(text, tally));
  }
}
