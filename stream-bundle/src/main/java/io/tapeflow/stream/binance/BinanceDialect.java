package io.tapeflow.stream.binance;

import io.tapeflow.api.venue.VenueLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What differs between Binance's markets, which otherwise speak one protocol.
 *
 * @param venue the venue's name
 * @param streamEndpoint where it streams
 * @param restEndpoint where it answers REST requests
 * @param restPath what stands before the name of a REST request
 * @param infoBySymbol whether the request for decimals can name the symbols
 * @param infoWeight weight of that request
 * @param tradesWeight weight of a request for trades
 * @param limits what it permits
 * @param options the options that it knows and their values; empty if it knows none
 */
record BinanceDialect(
    String venue,
    URI streamEndpoint,
    URI restEndpoint,
    String restPath,
    boolean infoBySymbol,
    int infoWeight,
    int tradesWeight,
    VenueLimits limits,
    Map<String, String> options) {

  static final String SPOT_NAME = "binance-spot";
  static final String USDM_NAME = "binance-usdm";

  private static final String TIME = "time";
  private static final String MILLIS = "ms";
  private static final String MICROS = "us";
  private static final String QUANTITY = "quantity";
  private static final String ROUTE = "route";
  private static final String WITH_RPI = "q";
  private static final String WITHOUT_RPI = "nq";
  private static final String MARKET = "market";
  private static final Map<String, List<String>> VALUES =
      Map.of(
          TIME, List.of(MILLIS, MICROS),
          QUANTITY, List.of(WITH_RPI, WITHOUT_RPI),
          ROUTE, List.of(MARKET, "public", "private", "none"));

  static final BinanceDialect SPOT =
      new BinanceDialect(
          SPOT_NAME,
          URI.create("wss://data-stream.binance.vision"),
          URI.create("https://data-api.binance.vision"),
          "/api/v3/",
          true,
          20,
          4,
          limits(5, 6_000),
          Map.of(TIME, MILLIS));

  static final BinanceDialect USDM =
      new BinanceDialect(
          USDM_NAME,
          URI.create("wss://fstream.binance.com"),
          URI.create("https://fapi.binance.com"),
          "/fapi/v1/",
          false,
          1,
          20,
          limits(10, 2_400),
          Map.of(QUANTITY, WITH_RPI, ROUTE, MARKET));

  /** Takes a copy of the options. */
  BinanceDialect {
    options = Map.copyOf(options);
  }

  /**
   * The dialect with some options set.
   *
   * @throws IllegalArgumentException if one or its value is unknown
   */
  BinanceDialect with(Map<String, String> changed) {
    Map<String, String> all = new TreeMap<>(options);
    changed.forEach(
        (name, value) -> {
          if (!options.containsKey(name)) {
            throw new IllegalArgumentException(
                "%s has no option %s; expected one of %s"
                    .formatted(venue, name, new TreeMap<>(options).keySet()));
          }
          if (!VALUES.get(name).contains(value)) {
            throw new IllegalArgumentException(
                "%s cannot be %s; expected one of %s".formatted(name, value, VALUES.get(name)));
          }
          all.put(name, value);
        });
    return new BinanceDialect(
        venue,
        streamEndpoint,
        restEndpoint,
        restPath,
        infoBySymbol,
        infoWeight,
        tradesWeight,
        limits,
        all);
  }

  /**
   * Whether the quantity that counts is the one without the venue's retail price improvement, where
   * a trade says it.
   */
  boolean withoutRpi() {
    return WITHOUT_RPI.equals(options.get(QUANTITY));
  }

  /** Whether times are asked for in microseconds, which the venue gives in milliseconds else. */
  boolean inMicros() {
    return MICROS.equals(options.get(TIME));
  }

  /** What stands before {@code /stream} in an address. */
  String route() {
    String route = options.getOrDefault(ROUTE, "none");
    return route.equals("none") ? "" : "/" + route;
  }

  /** What may be the matter with an address that stays silent; empty if nothing is known. */
  String adviceOnSilence(URI streamUri) {
    if (!options.containsKey(ROUTE) || streamUri.getPath().startsWith("/" + MARKET + "/")) {
      return "";
    }
    return "The route of %s is wrong: %s streams aggregate trades only under /%s, any other route accepts the subscription and stays silent; set venue.options to %s=%s"
        .formatted(streamUri, venue, MARKET, ROUTE, MARKET);
  }

  private static VenueLimits limits(int messagesPerSecond, int weightPerMinute) {
    return new VenueLimits(
        messagesPerSecond,
        1_024,
        200,
        1_000,
        300,
        Duration.ofMinutes(5),
        weightPerMinute,
        Duration.ofMinutes(1),
        Duration.ofHours(24));
  }
}
