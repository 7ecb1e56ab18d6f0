package io.tapeflow.stream;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.venue.RestRequest;
import io.tapeflow.api.venue.VenueProtocol;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** Asks a venue's REST for the newest trade: one that a stream should have brought by now. */
final class MarketProbe {
  private static final int OK = 200;

  private final VenueProtocol protocol;
  private final RestClient rest;
  private final URI restEndpoint;

  MarketProbe(VenueProtocol protocol, RestClient rest, URI restEndpoint) {
    this.protocol = protocol;
    this.rest = rest;
    this.restEndpoint = restEndpoint;
  }

  /**
   * Asks for the newest trade.
   *
   * @return a page of one row, or of none if the venue knows of no trade; fails if there is no
   *     answer
   */
  CompletableFuture<BackfillPage> newest(Instrument instrument) {
    RestRequest request = protocol.latestRequest(restEndpoint, instrument.symbol(), 1);
    return rest.get(request, RestUse.PROBE)
        .thenApply(
            answer -> {
              if (answer.status() != OK) {
                throw new IllegalStateException(
                    "HTTP status " + answer.status() + " from " + request.uri());
              }
              BackfillPage page = new BackfillPage();
              protocol.readBackfill(answer.body(), instrument, page);
              return page;
            });
  }
}
