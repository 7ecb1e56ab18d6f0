package io.tapeflow.metrics;

import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeHistory;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** The streams registered, and what they say of instruments. */
final class Streams {
  private final List<TradeStream> streams = new CopyOnWriteArrayList<>();

  void add(TradeStream stream) {
    streams.add(stream);
  }

  void remove(TradeStream stream) {
    streams.remove(stream);
  }

  List<StreamStatus> statuses() {
    return streams.stream().map(TradeStream::status).toList();
  }

  /** The same with the account of one instrument alone, by its symbol or its key. */
  List<StreamStatus> statuses(String instrument) {
    return streams.stream().map(stream -> stream.status(instrument)).toList();
  }

  /** The history of an instrument; of several streams', the longest. */
  Optional<TradeHistory> history(Instrument instrument) {
    return streams.stream()
        .flatMap(stream -> stream.history(instrument.key()).stream())
        .filter(history -> history.instrument().equals(instrument))
        .max(Comparator.comparingLong(TradeHistory::size));
  }

  /**
   * What the stream that carries an instrument was told to take of each trade, such as the quantity
   * with or without retail price improvement: a venue may give more than one.
   *
   * @return "as quantity nq, route market"; empty if there is nothing to choose
   */
  static String choices(Instrument instrument, List<StreamStatus> statuses) {
    return statuses.stream()
        .filter(status -> !status.options().isEmpty())
        .filter(
            status ->
                status.instruments().stream()
                    .anyMatch(carried -> carried.instrument().equals(instrument)))
        .findFirst()
        .map(status -> new TreeMap<>(status.options()))
        .map(
            options ->
                options.entrySet().stream()
                    .map(option -> option.getKey() + " " + option.getValue())
                    .collect(Collectors.joining(", ", "as ", "")))
        .orElse("");
  }

  /** What streams say of an instrument. */
  static Feed feed(Instrument instrument, List<StreamStatus> statuses) {
    Feed feed = Feed.GONE;
    for (StreamStatus status : statuses) {
      for (InstrumentStatus carried : status.instruments()) {
        // One that leaves the instrument to another stream knows nothing of it.
        if (!feed.live()
            && carried.instrument().key().equals(instrument.key())
            && carried.state() != InstrumentState.CLAIMED_ELSEWHERE) {
          feed = Feed.of(status, carried);
        }
      }
    }
    return feed;
  }
}
