package io.tapeflow.stream;

import io.tapeflow.api.venue.InstrumentScales;
import io.tapeflow.api.venue.RestRequest;
import io.tapeflow.api.venue.VenueProtocol;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a venue for the decimals of instruments. Without an answer, instruments get the widest usual
 * scale rather than none: trades matter more, and a number that does not fit is refused, not cut.
 */
final class ScaleFinder {
  static final InstrumentScales DEFAULT = new InstrumentScales(8, 8);

  private static final Logger LOG = LoggerFactory.getLogger(ScaleFinder.class);

  /** All symbols of a request are in its first line, which venues and clients bound. */
  private static final int AT_ONCE = 100;

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;

  private final VenueProtocol protocol;
  private final RestClient rest;
  private final URI restEndpoint;

  /**
   * Creates one.
   *
   * @param restEndpoint null if the venue must not be asked
   */
  ScaleFinder(VenueProtocol protocol, RestClient rest, URI restEndpoint) {
    this.protocol = protocol;
    this.rest = rest;
    this.restEndpoint = restEndpoint;
  }

  /**
   * Finds scales; never fails.
   *
   * @return by symbol; a symbol that the venue says it does not list is left out
   */
  CompletableFuture<Map<String, InstrumentScales>> find(List<String> symbols) {
    if (restEndpoint == null) {
      return CompletableFuture.completedFuture(defaults(symbols));
    }
    CompletableFuture<Map<String, InstrumentScales>> all =
        CompletableFuture.completedFuture(new HashMap<>());
    for (int from = 0; from < symbols.size(); from += AT_ONCE) {
      List<String> some = symbols.subList(from, Math.min(from + AT_ONCE, symbols.size()));
      // Some venues tell of all they list, whatever they are asked for.
      all =
          all.thenCompose(
              found ->
                  found.keySet().containsAll(some)
                      ? CompletableFuture.completedFuture(found)
                      : findAtOnce(some).thenApply(more -> with(found, more)));
    }
    return all;
  }

  private CompletableFuture<Map<String, InstrumentScales>> findAtOnce(List<String> symbols) {
    return ask(symbols)
        .thenCompose(
            listed ->
                listed.isEmpty() && symbols.size() > 1
                    ? askOneByOne(symbols)
                    : CompletableFuture.completedFuture(listed))
        .exceptionally(
            thrown -> {
              LOG.warn(
                  "{} did not say the decimals of {}: {}; {} decimals are used",
                  restEndpoint,
                  symbols,
                  Faults.of(thrown, null).message(),
                  DEFAULT.quantityScale());
              return defaults(symbols);
            });
  }

  /** One symbol that is not listed spoils the answer for all: find out which one. */
  private CompletableFuture<Map<String, InstrumentScales>> askOneByOne(List<String> symbols) {
    CompletableFuture<Map<String, InstrumentScales>> all =
        CompletableFuture.completedFuture(new HashMap<>());
    for (String symbol : symbols) {
      all = all.thenCombine(ask(List.of(symbol)), ScaleFinder::with);
    }
    return all;
  }

  private static Map<String, InstrumentScales> with(
      Map<String, InstrumentScales> found, Map<String, InstrumentScales> more) {
    found.putAll(more);
    return found;
  }

  private CompletableFuture<Map<String, InstrumentScales>> ask(List<String> symbols) {
    RestRequest request = protocol.scalesRequest(restEndpoint, symbols);
    return rest.get(request, RestUse.SCALES)
        .thenApply(
            answer -> {
              if (answer.status() != OK && answer.status() != BAD_REQUEST) {
                throw new IllegalStateException(
                    "HTTP status " + answer.status() + " from " + request.uri());
              }
              return protocol.readScales(answer.body());
            });
  }

  private static Map<String, InstrumentScales> defaults(List<String> symbols) {
    Map<String, InstrumentScales> scales = new HashMap<>();
    symbols.forEach(symbol -> scales.put(symbol, DEFAULT));
    return scales;
  }
}
