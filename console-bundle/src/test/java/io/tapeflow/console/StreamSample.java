package io.tapeflow.console;

import static io.tapeflow.console.Samples.NOW;
import static io.tapeflow.console.Samples.seconds;

import io.tapeflow.api.stream.BudgetStatus;
import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StateChange;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.VenueClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A stream's status, made by hand. Its deadline is 10 s. */
final class StreamSample {
  private String id = "io.tapeflow.stream~demo";
  private StreamState state = StreamState.STOPPED;
  private Instant since = NOW.minusSeconds(35);
  private ConnectionPhase phase;
  private int attempt;
  private ConnectionError lastError;
  private Instant nextRetryAt;
  private long connections;
  private int sockets;
  private StreamStatus.Attempts attempts = new StreamStatus.Attempts(0, 0, 0, 0);
  private long malformed;
  private VenueClock clock;
  private List<BudgetStatus> budgets = List.of();
  private List<InstrumentStatus> instruments = List.of();
  private List<StateChange> timeline = List.of();
  private Map<String, String> options = Map.of();

  StreamSample id(String name) {
    id = "io.tapeflow.stream~" + name;
    return this;
  }

  StreamSample stopped(InstrumentStatus... of) {
    instruments = List.of(of);
    return this;
  }

  StreamSample live(InstrumentStatus... of) {
    state = StreamState.LIVE;
    connections = 1;
    sockets = 1;
    attempts = new StreamStatus.Attempts(1, 1, 0, 0);
    instruments = List.of(of);
    return this;
  }

  /** An attempt that has lasted so long; all before it have failed. */
  StreamSample connecting(int number, ConnectionPhase in, double lasted, InstrumentStatus... of) {
    state = StreamState.CONNECTING;
    since = NOW.minus(seconds(lasted));
    phase = in;
    attempt = number;
    sockets = 1;
    attempts = new StreamStatus.Attempts(number, 0, number - 1, 0);
    instruments = List.of(of);
    return this;
  }

  StreamSample backingOff(int failed, double untilRetry, InstrumentStatus... of) {
    state = StreamState.BACKING_OFF;
    attempt = failed;
    nextRetryAt = NOW.plus(seconds(untilRetry));
    attempts = new StreamStatus.Attempts(failed, 0, failed, 0);
    instruments = List.of(of);
    return this;
  }

  StreamSample state(StreamState of) {
    state = of;
    return this;
  }

  StreamSample error(ErrorKind kind, ConnectionPhase in, String message) {
    lastError = new ConnectionError(kind, in, message, 0, NOW.minusSeconds(2));
    return this;
  }

  StreamSample sockets(int count) {
    sockets = count;
    return this;
  }

  StreamSample attempts(long started, long connected, long failed, long cancelled) {
    attempts = new StreamStatus.Attempts(started, connected, failed, cancelled);
    return this;
  }

  StreamSample malformed(long count) {
    malformed = count;
    return this;
  }

  StreamSample clock(VenueClock of) {
    clock = of;
    return this;
  }

  StreamSample budgets(BudgetStatus... of) {
    budgets = List.of(of);
    return this;
  }

  /** By default it has the state alone. */
  StreamSample timeline(StateChange... of) {
    timeline = List.of(of);
    return this;
  }

  StreamSample options(Map<String, String> of) {
    options = of;
    return this;
  }

  StreamStatus status() {
    return new StreamStatus(
        id,
        "binance-spot",
        "ws://127.0.0.1:9443",
        state,
        since,
        phase,
        attempt,
        seconds(10),
        lastError,
        nextRetryAt,
        connections,
        sockets,
        null,
        attempts,
        malformed,
        malformed == 0 ? null : "no price",
        clock,
        budgets,
        instruments,
        timeline.isEmpty() ? List.of(new StateChange(since, state, "from the sample")) : timeline,
        options);
  }
}
