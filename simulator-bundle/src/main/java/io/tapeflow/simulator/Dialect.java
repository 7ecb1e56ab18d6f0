package io.tapeflow.simulator;

/** Which of the exchange's markets a venue is like. */
public enum Dialect {
  /** Spot: streams are not routed. */
  SPOT("binance-spot", "/api/v3/", 4, 20),
  /**
   * USD-M futures: aggregate trades are streamed on the route {@code /market} alone. Everywhere
   * else subscriptions are accepted and stay silent.
   */
  USDM("binance-usdm", "/fapi/v1/", 20, 1);

  private final String venue;
  private final String restPath;
  private final int tradesWeight;
  private final int infoWeight;

  Dialect(String venue, String restPath, int tradesWeight, int infoWeight) {
    this.venue = venue;
    this.restPath = restPath;
    this.tradesWeight = tradesWeight;
    this.infoWeight = infoWeight;
  }

  /**
   * The dialect of a venue.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Dialect of(String venue) {
    for (Dialect dialect : values()) {
      if (dialect.venue.equals(venue)) {
        return dialect;
      }
    }
    throw new IllegalArgumentException(venue);
  }

  /** What stands before the name of a REST request. */
  String restPath() {
    return restPath;
  }

  int tradesWeight() {
    return tradesWeight;
  }

  int infoWeight() {
    return infoWeight;
  }

  /** Whether trades say how much of them is retail price improvement. */
  boolean hasNetQuantity() {
    return this == USDM;
  }

  /** Whether aggregate trades are streamed on a route, which is empty where there is none. */
  boolean streams(String route) {
    return route.equals(this == USDM ? "market" : "");
  }
}
