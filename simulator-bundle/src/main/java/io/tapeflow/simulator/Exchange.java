package io.tapeflow.simulator;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What all of the venue's connections share: the markets, the faults, and who is there. */
final class Exchange {
  private final VenueSettings settings;
  private final Map<String, Market> bySymbol = new LinkedHashMap<>();
  private final Map<String, Market> byStream;
  private final Faults faults = new Faults();
  private final OffsetClock clock;
  private final WeightMeter weights;
  private final Tally tally = new Tally();
  private final Set<StreamSession> sessions = ConcurrentHashMap.newKeySet();

  Exchange(VenueSettings settings, Collection<Market> markets) {
    this.settings = settings;
    this.clock = new OffsetClock(settings.clock(), settings.clockOffset(), faults);
    this.weights = new WeightMeter(settings.limits());
    markets.forEach(market -> bySymbol.put(market.symbol(), market));
    this.byStream =
        markets.stream().collect(Collectors.toMap(Market::streamName, market -> market));
  }

  VenueSettings settings() {
    return settings;
  }

  OffsetClock clock() {
    return clock;
  }

  WeightMeter weights() {
    return weights;
  }

  Faults faults() {
    return faults;
  }

  Tally tally() {
    return tally;
  }

  Set<StreamSession> sessions() {
    return sessions;
  }

  Collection<Market> markets() {
    return bySymbol.values();
  }

  /** The market of a symbol in upper case; null if it is not listed. */
  Market market(String symbol) {
    return bySymbol.get(symbol);
  }

  /** The market behind a stream's exact name; null if there is no such stream. */
  Market marketOfStream(String stream) {
    return byStream.get(stream);
  }
}
