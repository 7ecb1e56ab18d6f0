package io.tapeflow.api.venue;

import io.tapeflow.api.trade.Instrument;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The protocol of a venue. Register an implementation as a service to let the stream connector
 * speak it; a configuration names it by {@link #venue()}.
 *
 * <p>Implementations are stateless and safe for any thread; what has state is the {@link
 * FrameDecoder}. No method may block or do I/O: the connector does that.
 */
@ConsumerType
public interface VenueProtocol {
  /** Service property, {@code String}: the venue's name, equal to {@link #venue()}. */
  String VENUE = "tapeflow.venue";

  /**
   * The venue's name.
   *
   * @return lower case, with dashes, such as {@code binance-spot}
   */
  String venue();

  /**
   * Where the venue streams, if the configuration does not say.
   *
   * @return a {@code wss} or {@code ws} address without a path
   */
  URI defaultStreamEndpoint();

  /**
   * Where the venue answers REST requests, if the configuration does not say.
   *
   * @return an {@code https} or {@code http} address without a path
   */
  URI defaultRestEndpoint();

  /**
   * The spelling of a symbol that the venue uses in its data.
   *
   * @param symbol as a person wrote it
   * @return the venue's spelling
   * @throws IllegalArgumentException if it cannot be a symbol of this venue; the message says what
   *     one looks like
   */
  String normalise(String symbol);

  /**
   * The address to open, for a connection to which subscriptions are added by frames.
   *
   * @param streamEndpoint the configured or default endpoint
   * @return the full address
   */
  URI streamUri(URI streamEndpoint);

  /**
   * The text frame that subscribes to the aggregate trades of some symbols.
   *
   * @param symbols in the venue's spelling; not empty and no more than {@link
   *     VenueLimits#symbolsPerRequest()}
   * @param requestId the id that the venue's answer will carry; positive
   * @return the frame's text
   */
  String subscribe(List<String> symbols, long requestId);

  /**
   * The text frame that ends such a subscription.
   *
   * @param symbols as for {@link #subscribe}
   * @param requestId as for {@link #subscribe}
   * @return the frame's text
   */
  String unsubscribe(List<String> symbols, long requestId);

  /**
   * Makes the decoder of one connection.
   *
   * @param symbols finds instruments by the venue's spelling of their symbols; it may change its
   *     answers as instruments come and go
   * @return a new decoder
   */
  FrameDecoder newDecoder(SymbolTable symbols);

  /**
   * The REST request for the decimals of some instruments.
   *
   * @param restEndpoint the configured or default endpoint
   * @param symbols in the venue's spelling; not empty
   * @return the request
   */
  RestRequest scalesRequest(URI restEndpoint, List<String> symbols);

  /**
   * Reads the answer to {@link #scalesRequest}.
   *
   * @param body the answer's body, of status 200
   * @return scales by symbol; symbols that the venue does not list are left out
   * @throws IllegalArgumentException if the body is not such an answer
   */
  Map<String, InstrumentScales> readScales(byte[] body);

  /**
   * The REST request for trades from an id on.
   *
   * @param restEndpoint the configured or default endpoint
   * @param symbol in the venue's spelling
   * @param firstId the first id wanted
   * @param count how many ids are wanted; 1 to {@link VenueLimits#tradesPerPage()}
   * @return the request
   */
  RestRequest backfillRequest(URI restEndpoint, String symbol, long firstId, int count);

  /**
   * The REST request for the newest trades.
   *
   * @param restEndpoint the configured or default endpoint
   * @param symbol in the venue's spelling
   * @param count how many are wanted; 1 to {@link VenueLimits#tradesPerPage()}
   * @return the request; its answer is one for {@link #readBackfill}
   */
  RestRequest latestRequest(URI restEndpoint, String symbol, int count);

  /**
   * Reads the answer to {@link #backfillRequest} or {@link #latestRequest}.
   *
   * @param body the answer's body, of status 200
   * @param instrument what was asked for
   * @param sink is told the trades in the order of their ids
   * @throws IllegalArgumentException if the body is not such an answer; the sink may have been told
   *     some trades by then
   */
  void readBackfill(byte[] body, Instrument instrument, BackfillSink sink);

  /**
   * The REST request for the venue's time.
   *
   * @param restEndpoint the configured or default endpoint
   * @return the request
   */
  RestRequest timeRequest(URI restEndpoint);

  /**
   * Reads the answer to {@link #timeRequest}.
   *
   * @param body the answer's body, of status 200
   * @return the venue's time, microseconds since the epoch
   * @throws IllegalArgumentException if the body is not such an answer
   */
  long readTime(byte[] body);

  /**
   * The header of a REST answer in which the venue says how much weight has been used within the
   * present {@link VenueLimits#restWindow()}.
   *
   * @return the header's name, or empty if the venue does not say
   */
  default String usedWeightHeader() {
    return "";
  }

  /**
   * What may be the matter with an address that accepts subscriptions and stays silent, for the
   * error message.
   *
   * @param streamUri the address that was opened
   * @return a sentence, or empty if nothing is to be said
   */
  default String adviceOnSilence(URI streamUri) {
    return "";
  }

  /**
   * This protocol with the venue's own options, such as which of two quantities counts.
   *
   * @param options as written in the configuration, by name
   * @return a protocol that follows them; this one if there are none
   * @throws IllegalArgumentException if an option or its value is unknown; the message says which
   *     there are
   */
  default VenueProtocol with(Map<String, String> options) {
    if (options.isEmpty()) {
      return this;
    }
    throw new IllegalArgumentException(venue() + " has no options; " + options.keySet());
  }

  /**
   * The options that this protocol follows, for its status.
   *
   * @return values by name, those that were not configured included; empty if the venue has none
   */
  default Map<String, String> options() {
    return Map.of();
  }

  /**
   * What the venue permits.
   *
   * @return its documented limits
   */
  VenueLimits limits();
}
