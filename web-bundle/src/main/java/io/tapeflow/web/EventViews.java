package io.tapeflow.web;

import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeAmendment;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.web.TradesView.TradeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The data of events, in JSON. */
final class EventViews {
  /** How many trades an event has at the most. */
  static final int MOST_TRADES = 500;

  private EventViews() {}

  /** The state of a connection, without what changes with each trade. */
  record StateEvent(
      String stream,
      String venue,
      String state,
      String since,
      String phase,
      int attempt,
      StreamView.ErrorView lastError,
      String nextRetryAt,
      List<InstrumentEvent> instruments) {
    static StateEvent of(StreamStatus it, Function<Instrument, String> names) {
      return new StateEvent(
          it.id(),
          it.venue(),
          it.state().name(),
          Json.time(it.since()),
          it.phase() == null ? null : it.phase().name(),
          it.attempt(),
          StreamView.ErrorView.of(it.lastError()),
          Json.time(it.nextRetryAt()),
          it.instruments().stream()
              .map(
                  status ->
                      new InstrumentEvent(
                          names.apply(status.instrument()),
                          status.instrument().key(),
                          status.state().name(),
                          status.reason(),
                          status.unrepaired()))
              .toList());
    }

    /** The same connection once it is there no longer. */
    StateEvent gone(Instant at) {
      return new StateEvent(
          stream, venue, StreamState.STOPPED.name(), Json.time(at), null, 0, null, null, List.of());
    }
  }

  record InstrumentEvent(
      String instrument, String key, String state, String reason, long unrepaired) {}

  /** Some trades and the sums of all that they stand for; order flow leaves out block trades. */
  record TradesEvent(
      String instrument,
      String key,
      long firstId,
      long lastId,
      long count,
      String bought,
      String sold,
      List<TradeView> trades) {
    /** A batch, in as many events as it takes. */
    static List<TradesEvent> all(TradeBatch batch, Function<Instrument, String> names) {
      return IntStream.iterate(0, from -> from < batch.size(), from -> from + MOST_TRADES)
          .mapToObj(from -> batch.slice(from, Math.min(batch.size(), from + MOST_TRADES)))
          .map(slice -> new TradeSample(batch.instrument(), MOST_TRADES).add(slice).event(names))
          .toList();
    }
  }

  record GapEvent(
      String instrument, String key, long firstId, long lastId, long count, String cause) {
    static GapEvent of(TradeGap it, String name) {
      return new GapEvent(
          name, it.instrument().key(), it.firstId(), it.lastId(), it.count(), it.cause().name());
    }
  }

  /** At most so many of the late trades as an event has. */
  record RepairEvent(
      String instrument,
      String key,
      long firstId,
      long lastId,
      long count,
      List<TradeView> trades) {
    static RepairEvent of(TradeAmendment it, String name) {
      List<TradeView> trades = new ArrayList<>();
      for (int i = 0; i < Math.min(MOST_TRADES, it.trades().size()); i++) {
        trades.add(TradeView.of(it.trades().get(i)));
      }
      return new RepairEvent(
          name, it.instrument().key(), it.firstId(), it.lastId(), it.trades().size(), trades);
    }
  }

  /** The plan is null once its source has taken it away. */
  record PlanEvent(String id, PlanView plan) {}

  record ResetEvent(String reason) {}
}
