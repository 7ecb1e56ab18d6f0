package io.tapeflow.api.simulator;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The embedded venue's own account, to compare a client's with.
 *
 * @param openConnections sockets open now, whether or not they have been upgraded
 * @param acceptedConnections sockets accepted since the start
 * @param mostOpenAtOnce the most upgraded connections that were open at the same time
 * @param pongs pongs received since the start
 * @param messages text messages received since the start
 * @param subscriptions how many open connections are subscribed, by symbol; symbols without any are
 *     left out
 * @param usage what clients have used of the venue's limits
 * @param markets what has been printed, by symbol
 */
public record VenueAccount(
    int openConnections,
    long acceptedConnections,
    int mostOpenAtOnce,
    long pongs,
    long messages,
    Map<String, Integer> subscriptions,
    Usage usage,
    Map<String, Market> markets) {

  /**
   * What the venue has printed for one symbol, dropped trades included.
   *
   * @param trades number of aggregate trades
   * @param firstId id of the first; -1 before any
   * @param lastId id of the last; -1 before any
   * @param bought base units that takers bought
   * @param sold base units that takers sold
   * @param ended true if an archive has been played to its end, or as far as it can be read
   * @param played the share of the archive that has been read, 0 to 1
   * @param problem the first damage that was met in the archive, naming file and line; empty if
   *     none was
   */
  public record Market(
      long trades,
      long firstId,
      long lastId,
      BigDecimal bought,
      BigDecimal sold,
      boolean ended,
      double played,
      String problem) {
    /** Checks that nothing is null. */
    public Market {
      Objects.requireNonNull(problem, "problem");
      Objects.requireNonNull(bought, "bought");
      Objects.requireNonNull(sold, "sold");
    }
  }

  /**
   * What clients have used of the venue's limits, whether or not these are set.
   *
   * @param connectionAttempts upgrades that were asked for since the start
   * @param connectionsRefused those of them that were refused as too many
   * @param mostMessagesPerSecond the most messages, pings and pongs included, that came within a
   *     second on one connection
   * @param connectionsPunished connections that were closed for too many messages
   * @param mostStreams the most streams that one connection was subscribed to
   * @param restRequests REST requests since the start
   * @param restWeight weight of REST requests within the present window
   * @param restRefused REST requests that were answered with 429 or 418
   */
  public record Usage(
      long connectionAttempts,
      long connectionsRefused,
      int mostMessagesPerSecond,
      long connectionsPunished,
      int mostStreams,
      long restRequests,
      int restWeight,
      long restRefused) {}

  /** Takes copies of the maps. */
  public VenueAccount {
    Objects.requireNonNull(usage, "usage");
    subscriptions = Map.copyOf(subscriptions);
    markets = Map.copyOf(markets);
  }

  /**
   * The symbols that this venue lists.
   *
   * @return in no order
   */
  public Set<String> symbols() {
    return markets.keySet();
  }
}
