package io.tapeflow.metrics;

import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.FeedLatency;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.stream.VenueClock;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stream that is in whatever state it is told. */
final class TestStream implements TradeStream {
  private final Instrument instrument;
  private final TestHistory history;
  private VenueClock clock;
  private StreamState state = StreamState.LIVE;
  private InstrumentState instrumentState = InstrumentState.LIVE;
  private ConnectionPhase phase;
  private ConnectionError error;
  private String reason = "";
  private Map<String, String> options = Map.of();
  private Instant lastTradeAt;
  private Instant lastReceivedAt;
  private int accounts;

  TestStream(Instrument instrument) {
    this.instrument = instrument;
    this.history = new TestHistory(instrument);
  }

  /** The same stream with the venue's clock measured. */
  TestStream skewed(Duration skew) {
    clock = new VenueClock(skew, Duration.ofMillis(10), Instant.EPOCH);
    return this;
  }

  /** The same stream of a venue that leaves a choice. */
  TestStream options(Map<String, String> chosen) {
    options = chosen;
    return this;
  }

  TestHistory history() {
    return history;
  }

  TestStream live() {
    state = StreamState.LIVE;
    phase = null;
    return instrument(InstrumentState.LIVE, "");
  }

  TestStream instrument(InstrumentState now, String why) {
    instrumentState = now;
    reason = why;
    return this;
  }

  TestStream connecting(ConnectionPhase at) {
    state = StreamState.CONNECTING;
    phase = at;
    return instrument(InstrumentState.DISCONNECTED, "");
  }

  TestStream backingOff(ErrorKind kind, ConnectionPhase at, String message) {
    state = StreamState.BACKING_OFF;
    phase = null;
    error = new ConnectionError(kind, at, message, 0, Instant.EPOCH);
    return instrument(InstrumentState.DISCONNECTED, "");
  }

  /** A trade of that time has been read, and may not have been released. */
  TestStream newest(Instant at, Instant received) {
    lastTradeAt = at;
    lastReceivedAt = received;
    return this;
  }

  /** How many times it has given the account of its instrument. */
  int accounts() {
    return accounts;
  }

  @Override
  public StreamStatus status() {
    return status(List.of(instrumentStatus()));
  }

  @Override
  public StreamStatus status(String name) {
    return status(instrument.isCalled(name) ? List.of(instrumentStatus()) : List.of());
  }

  private StreamStatus status(List<InstrumentStatus> instruments) {
    return new StreamStatus(
        "io.tapeflow.stream~test",
        instrument.venue(),
        "ws://127.0.0.1:1",
        state,
        Instant.EPOCH,
        phase,
        1,
        Duration.ofSeconds(10),
        error,
        null,
        0,
        0,
        null,
        new StreamStatus.Attempts(1, 0, 0, 0),
        0,
        null,
        clock,
        List.of(),
        instruments,
        List.of(),
        options);
  }

  private InstrumentStatus instrumentStatus() {
    accounts++;
    return new InstrumentStatus(
        instrument,
        instrumentState,
        reason,
        -1,
        -1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        lastTradeAt,
        lastReceivedAt,
        Duration.ZERO,
        0,
        0,
        FeedLatency.NONE);
  }

  @Override
  public void reconnect() {}

  @Override
  public Optional<TradeHistory> history(String name) {
    return instrument.isCalled(name) ? Optional.of(history) : Optional.empty();
  }
}
