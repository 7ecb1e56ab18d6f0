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
 * @param markets what has been printed, by symbol
 */
public record VenueAccount(
    int openConnections,
    long acceptedConnections,
    int mostOpenAtOnce,
    long pongs,
    long messages,
    Map<String, Integer> subscriptions,
    Map<String, Market> markets) {

  /**
   * What the venue has printed for one symbol, dropped trades included.
   *
   * @param trades number of aggregate trades
   * @param firstId id of the first; -1 before any
   * @param lastId id of the last; -1 before any
   * @param bought base units that takers bought
   * @param sold base units that takers sold
   * @param ended true if an archive has been played to its end
   */
  public record Market(
      long trades, long firstId, long lastId, BigDecimal bought, BigDecimal sold, boolean ended) {
    /** Checks that nothing is null. */
    public Market {
      Objects.requireNonNull(bought, "bought");
      Objects.requireNonNull(sold, "sold");
    }
  }

  /** Takes copies of the maps. */
  public VenueAccount {
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
