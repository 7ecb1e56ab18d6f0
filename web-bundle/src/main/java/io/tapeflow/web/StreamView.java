package io.tapeflow.web;

import io.tapeflow.api.stream.BudgetStatus;
import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.FeedLatency;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StateChange;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.VenueClock;
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
    String rolloverAt,
    AttemptsView attempts,
    long malformed,
    String lastMalformed,
    ClockView clock,
    List<BudgetView> budgets,
    List<AccountView> instruments,
    List<ChangeView> timeline,
    Map<String, String> options) {

  /** With no code, if it was neither an HTTP status nor a close code. */
  record ErrorView(String kind, String phase, String message, Integer code, String at) {
    static ErrorView of(ConnectionError error) {
      return error == null
          ? null
          : new ErrorView(
              error.kind().name(),
              word(error.phase()),
              error.message(),
              error.code() == 0 ? null : error.code(),
              Json.time(error.at()));
    }
  }

  record AttemptsView(long started, long connected, long failed, long cancelled, long open) {
    static AttemptsView of(StreamStatus.Attempts it) {
      return new AttemptsView(it.started(), it.connected(), it.failed(), it.cancelled(), it.open());
    }
  }

  /** The venue's clock is ours plus the skew. */
  record ClockView(double skew, double roundTrip, String measuredAt) {
    static ClockView of(VenueClock it) {
      return it == null
          ? null
          : new ClockView(
              Json.seconds(it.skew()), Json.seconds(it.roundTrip()), Json.time(it.measuredAt()));
    }
  }

  /** One of the venue's limits; while nothing waits for it, there is no time and no reason. */
  record BudgetView(
      String name,
      String scope,
      long used,
      long limit,
      double window,
      String waitingUntil,
      String reason) {
    static BudgetView of(BudgetStatus it) {
      return new BudgetView(
          it.name(),
          it.scope(),
          it.used(),
          it.limit(),
          Json.seconds(it.window()),
          Json.time(it.waitingUntil()),
          it.reason());
    }
  }

  /** From the venue's stamp to our machine, over the last few minutes. */
  record LatencyView(long samples, double p50, double p99, double max) {
    static LatencyView of(FeedLatency it) {
      return it.samples() == 0
          ? null
          : new LatencyView(
              it.samples(), Json.seconds(it.p50()), Json.seconds(it.p99()), Json.seconds(it.max()));
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
      long amended,
      long unrepaired,
      long inherited,
      long generation,
      long renewals,
      String lastTradeAt,
      String lastReceivedAt,
      double coverage,
      long historySize,
      long historyBytes,
      LatencyView latency) {
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
          // Those that came late have been delivered and repaired as well, if in another way.
          it.delivered() + it.amended(),
          it.duplicates(),
          it.rejected(),
          it.gaps(),
          it.repaired() + it.amended(),
          it.absent(),
          it.amended(),
          it.unrepaired(),
          it.inherited(),
          it.generation(),
          it.renewals(),
          Json.time(it.lastTradeAt()),
          Json.time(it.lastReceivedAt()),
          Json.seconds(it.coverage()),
          it.historySize(),
          it.historyBytes(),
          LatencyView.of(it.latency()));
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
        Json.time(it.rolloverAt()),
        AttemptsView.of(it.attempts()),
        it.malformed(),
        it.lastMalformed(),
        ClockView.of(it.clock()),
        it.budgets().stream().map(BudgetView::of).toList(),
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
