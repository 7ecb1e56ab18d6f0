package io.tapeflow.web;

import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StateChange;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.trade.Instrument;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A connection, in JSON. Times are ISO-8601, durations seconds. */
record StreamView(
    String id,
    String venue,
    String endpoint,
    String state,
    String since,
    String phase,
    int attempt,
    double deadline,
    ErrorView lastError,
    String nextRetryAt,
    long connections,
    int openSockets,
    AttemptsView attempts,
    long malformed,
    String lastMalformed,
    List<AccountView> instruments,
    List<ChangeView> timeline,
    Map<String, String> options) {

  record ErrorView(String kind, String phase, String message, String at) {
    static ErrorView of(ConnectionError error) {
      return error == null
          ? null
          : new ErrorView(
              error.kind().name(), word(error.phase()), error.message(), Json.time(error.at()));
    }
  }

  record AttemptsView(long started, long connected, long failed, long cancelled, long open) {
    static AttemptsView of(StreamStatus.Attempts it) {
      return new AttemptsView(it.started(), it.connected(), it.failed(), it.cancelled(), it.open());
    }
  }

  record ChangeView(String at, String state, String detail) {
    static ChangeView of(StateChange it) {
      return new ChangeView(Json.time(it.at()), it.state().name(), it.detail());
    }
  }

  /** The account of one instrument; counts are of aggregate trades. */
  record AccountView(
      String instrument,
      String key,
      String symbol,
      String state,
      String reason,
      Long firstId,
      Long lastId,
      long received,
      long delivered,
      long duplicates,
      long rejected,
      long gaps,
      long repaired,
      long absent,
      long unrepaired,
      long generation,
      String lastTradeAt,
      String lastReceivedAt,
      double coverage,
      long historySize,
      long historyBytes) {
    static AccountView of(InstrumentStatus it, String name) {
      return new AccountView(
          name,
          it.instrument().key(),
          it.instrument().symbol(),
          it.state().name(),
          it.reason(),
          Json.id(it.firstId()),
          Json.id(it.lastId()),
          it.received(),
          it.delivered(),
          it.duplicates(),
          it.rejected(),
          it.gaps(),
          it.repaired(),
          it.absent(),
          it.unrepaired(),
          it.generation(),
          Json.time(it.lastTradeAt()),
          Json.time(it.lastReceivedAt()),
          Json.seconds(it.coverage()),
          it.historySize(),
          it.historyBytes());
    }
  }

  static StreamView of(StreamStatus it, Function<Instrument, String> names) {
    return new StreamView(
        it.id(),
        it.venue(),
        it.endpoint(),
        it.state().name(),
        Json.time(it.since()),
        word(it.phase()),
        it.attempt(),
        Json.seconds(it.deadline()),
        ErrorView.of(it.lastError()),
        Json.time(it.nextRetryAt()),
        it.connections(),
        it.openSockets(),
        AttemptsView.of(it.attempts()),
        it.malformed(),
        it.lastMalformed(),
        it.instruments().stream()
            .map(status -> AccountView.of(status, names.apply(status.instrument())))
            .toList(),
        it.timeline().stream().map(ChangeView::of).toList(),
        it.options());
  }

  private static String word(Enum<?> constant) {
    return constant == null ? null : constant.name();
  }
}
