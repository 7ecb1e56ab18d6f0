package io.tapeflow.web;

import io.tapeflow.api.stream.BudgetStatus;
import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.FeedLatency;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.ListenerStatus;
import io.tapeflow.api.stream.StreamStatus;
import java.time.Instant;
import java.util.TreeMap;

/** Connections, instruments and listeners for Prometheus. */
final class FeedSeries {
  private FeedSeries() {}

  static void add(StreamStatus it, Exposition page) {
    String[] labels = {"venue", it.venue(), "stream", it.id()};
    page.state("tapeflow_stream_state", "State of the connection", it.state(), labels);
    page.gauge(
        "tapeflow_stream_state_since_timestamp_seconds",
        "When the state began",
        seconds(it.since()),
        labels);
    page.gauge("tapeflow_stream_open_sockets", "Sockets that are open", it.openSockets(), labels);
    page.counter(
        "tapeflow_stream_connections", "Connections made so far", it.connections(), labels);
    StreamStatus.Attempts attempts = it.attempts();
    attempts(page, it, "connected", attempts.connected());
    attempts(page, it, "failed", attempts.failed());
    attempts(page, it, "cancelled", attempts.cancelled());
    if (it.lastError() != null) {
      ConnectionError error = it.lastError();
      page.gauge(
          "tapeflow_stream_error_timestamp_seconds",
          "When the last connection or attempt ended by a fault, with its kind, phase and code",
          seconds(error.at()),
          "venue",
          it.venue(),
          "stream",
          it.id(),
          "kind",
          error.kind().name(),
          "phase",
          error.phase() == null ? "" : error.phase().name(),
          "code",
          error.code() == 0 ? "" : Integer.toString(error.code()));
    }
    page.counter(
        "tapeflow_stream_malformed_frames",
        "Frames that could not be read",
        it.malformed(),
        labels);
    if (it.clock() != null) {
      page.gauge(
          "tapeflow_venue_clock_skew_seconds",
          "What to add to this machine's clock for the venue's",
          Json.seconds(it.clock().skew()),
          labels);
    }
    for (BudgetStatus budget : it.budgets()) {
      String[] of = {"stream", it.id(), "scope", budget.scope(), "budget", budget.name()};
      page.gauge("tapeflow_budget_used", "What is used of a limit", budget.used(), of);
      page.gauge("tapeflow_budget_limit", "A limit that is kept", budget.limit(), of);
      page.gauge(
          "tapeflow_budget_waiting",
          "1 while something waits for the budget",
          budget.waitingUntil() == null ? 0 : 1,
          of);
    }
    it.instruments().stream()
        .filter(instrument -> instrument.state() != InstrumentState.CLAIMED_ELSEWHERE)
        .forEach(instrument -> add(instrument, page));
  }

  private static void attempts(Exposition page, StreamStatus it, String outcome, long count) {
    page.counter(
        "tapeflow_stream_attempts",
        "Attempts to connect that came to an end",
        count,
        "venue",
        it.venue(),
        "stream",
        it.id(),
        "outcome",
        outcome);
  }

  private static void add(InstrumentStatus it, Exposition page) {
    String[] of = {"instrument", it.instrument().key()};
    page.state("tapeflow_instrument_state", "State of an instrument's feed", it.state(), of);
    page.counter("tapeflow_trades_received", "Trades that came", it.received(), of);
    page.counter("tapeflow_trades_delivered", "Trades let through in order", it.delivered(), of);
    page.counter("tapeflow_trades_duplicate", "Trades that came again", it.duplicates(), of);
    page.counter("tapeflow_trades_rejected", "Trades that were invalid", it.rejected(), of);
    page.counter("tapeflow_trades_repaired", "Trades that were fetched", it.repaired(), of);
    page.counter(
        "tapeflow_trades_amended", "Trades that came after those behind them", it.amended(), of);
    page.counter("tapeflow_trade_gaps", "Holes in the ids", it.gaps(), of);
    page.counter(
        "tapeflow_trade_ids_absent", "Ids that the venue never gave to a trade", it.absent(), of);
    page.counter(
        "tapeflow_instrument_renewals",
        "Subscriptions made anew because the stream had gone silent",
        it.renewals(),
        of);
    page.gauge("tapeflow_trade_ids_missing", "Ids that are missing now", it.unrepaired(), of);
    page.gauge(
        "tapeflow_history_seconds", "Time that history covers", Json.seconds(it.coverage()), of);
    page.gauge("tapeflow_history_trades", "Trades in history", it.historySize(), of);
    page.gauge("tapeflow_history_bytes", "Memory of history", it.historyBytes(), of);
    if (it.lastTradeAt() != null) {
      page.gauge(
          "tapeflow_last_trade_timestamp_seconds",
          "Exchange time of the last trade",
          seconds(it.lastTradeAt()),
          of);
    }
    if (it.lastReceivedAt() != null) {
      page.gauge(
          "tapeflow_last_received_timestamp_seconds",
          "When the last trade came, by this machine's clock",
          seconds(it.lastReceivedAt()),
          of);
    }
    latency(it.latency(), page, of);
  }

  private static void latency(FeedLatency it, Exposition page, String... of) {
    page.histogram(
        "tapeflow_feed_latency_seconds",
        "From the venue's stamp to this machine, since the start",
        it.sinceStart(),
        of);
    if (it.samples() == 0) {
      return;
    }
    TreeMap<Double, Double> quantiles = new TreeMap<>();
    quantiles.put(0.5, Json.seconds(it.p50()));
    quantiles.put(0.99, Json.seconds(it.p99()));
    quantiles.put(1.0, Json.seconds(it.max()));
    page.quantiles(
        "tapeflow_feed_latency_recent_seconds",
        "From the venue's stamp to this machine, over the last few minutes",
        quantiles,
        of);
  }

  static void add(ListenerStatus it, Exposition page) {
    String[] of = {"listener", it.name()};
    page.counter("tapeflow_listener_delivered", "Trades that a listener took", it.delivered(), of);
    page.gauge("tapeflow_listener_lag_trades", "Trades that wait for a listener", it.lag(), of);
    page.counter("tapeflow_listener_lost", "Trades that were too late for it", it.lost(), of);
    page.counter("tapeflow_listener_failures", "Calls that it threw in", it.failures(), of);
    page.gauge(
        "tapeflow_listener_in_call_seconds",
        "How long its present call lasts",
        Json.seconds(it.inCallFor()),
        of);
    page.histogram(
        "tapeflow_listener_wait_seconds",
        "From a trade's receipt to the call that told it, for the oldest trade of each call",
        it.waits(),
        of);
  }

  private static double seconds(Instant at) {
    return at.getEpochSecond() + at.getNano() / 1e9;
  }
}
