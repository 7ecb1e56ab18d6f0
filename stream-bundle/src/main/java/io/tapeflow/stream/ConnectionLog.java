package io.tapeflow.stream;

import io.tapeflow.api.stream.BudgetStatus;
import io.tapeflow.api.stream.ConnectionError;
import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StateChange;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.VenueClock;
import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a connection is doing, how it came to that, and the counts that go with it; the one place
 * where its state changes and is told. Safe for any thread.
 */
final class ConnectionLog {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLog.class);
  private static final int TIMELINE = 50;

  private final String pid;
  private final Clock clock;
  private final Deque<StateChange> timeline = new ArrayDeque<>();

  private StreamState state = StreamState.STOPPED;
  private Instant since;
  private ConnectionPhase phase;
  private int attempt;
  private ConnectionError lastError;
  private Instant nextRetryAt;
  private long started;
  private long connected;
  private long failed;
  private long cancelled;
  private int rolloverFailures;
  private long malformed;
  private String lastMalformed;

  ConnectionLog(String pid, Clock clock) {
    this.pid = pid;
    this.clock = clock;
    this.since = clock.now();
  }

  synchronized void connecting(String endpoint) {
    attempt++;
    started++;
    phase = ConnectionPhase.DNS;
    nextRetryAt = null;
    since = clock.now();
    enter(StreamState.CONNECTING, "attempt " + attempt + " to " + endpoint);
  }

  /** The attempt has come further; a trade may have overtaken the news. */
  synchronized void reached(ConnectionPhase next) {
    if (state != StreamState.CONNECTING) {
      return;
    }
    phase = next;
    if (next == ConnectionPhase.FIRST_DATA) {
      enter(StreamState.CONNECTING, "subscribed, waiting for the first trade");
    }
  }

  /**
   * The attempt has come to its end.
   *
   * @param how by what it is known, in words
   */
  synchronized void live(String how) {
    connected++;
    phase = null;
    LOG.info("{} is live after {} attempt(s): {}", pid, attempt, how);
    attempt = 0;
    enter(StreamState.LIVE, how);
  }

  /** A second connection is being made that is to replace a live one. */
  synchronized void rolloverBegun() {
    started++;
  }

  /** The second connection has taken the place of the first. */
  synchronized void rolledOver(String why) {
    connected++;
    rolloverFailures = 0;
    LOG.info("{} goes on with a new connection: {}", pid, why);
    line(state, "goes on with a new connection: " + why);
  }

  /** The second connection has failed, which touches nothing. */
  synchronized void rolloverFailed(Faults fault, ConnectionPhase where) {
    failed++;
    lastError = error(fault, where);
    String words = "no new connection, the one in use stays: " + inWords(lastError);
    if (rolloverFailures++ == 0) {
      LOG.warn("{}: {}", pid, words);
    }
    line(state, words);
  }

  /** The live connection is lost, and the one that was to replace it is the attempt now. */
  synchronized void takenOver(ConnectionPhase reached) {
    attempt = 1;
    phase = reached;
    enter(StreamState.CONNECTING, "goes on with the connection that was being made");
  }

  synchronized void attemptFailed(Faults fault, ConnectionPhase where) {
    failed++;
    tell(fault, where);
  }

  synchronized void attemptCancelled() {
    cancelled++;
  }

  synchronized void lost(Faults fault) {
    tell(fault, null);
    if (fault.kind() == ErrorKind.IDLE) {
      enter(StreamState.STALLED, fault.message());
    }
  }

  synchronized void backingOff(Duration wait) {
    phase = null;
    nextRetryAt = clock.now().plus(wait);
    enter(StreamState.BACKING_OFF, "for " + wait.toMillis() + " ms after " + inWords(lastError));
  }

  /** The next attempt has to wait for the venue's limit on attempts. */
  synchronized void waitingForTurn(Duration wait, String reason) {
    phase = null;
    nextRetryAt = clock.now().plus(wait);
    LOG.info("{} waits {} ms: {}", pid, wait.toMillis(), reason);
    enter(StreamState.BACKING_OFF, "for " + wait.toMillis() + " ms: " + reason);
  }

  synchronized void stopping() {
    phase = null;
    nextRetryAt = null;
    enter(StreamState.STOPPING, "");
  }

  synchronized void stopped() {
    enter(StreamState.STOPPED, "");
    LOG.info("{} is stopped", pid);
  }

  /** Something keeps it from connecting. */
  synchronized void refused(String message) {
    tell(new Faults(ErrorKind.CONFIGURATION, message), null);
    phase = null;
    nextRetryAt = null;
    enter(StreamState.STOPPED, message);
  }

  /** The venue's protocol is not there; it may come. */
  synchronized void waiting(String message) {
    lastError = error(new Faults(ErrorKind.CONFIGURATION, message), null);
    LOG.info("{}: {}", pid, message);
    enter(StreamState.STOPPED, message);
  }

  /** Some instruments are silent while others flow, and something is done about it. */
  synchronized void silent(String words) {
    LOG.warn("{}: {}", pid, words);
    line(state, words);
  }

  /** Something worth a line in the timeline that changes no state. */
  synchronized void note(String detail) {
    line(state, detail);
  }

  synchronized void malformed(String reason) {
    if (malformed++ == 0) {
      LOG.warn("{}: a frame could not be read: {}; more of them are only counted", pid, reason);
    }
    lastMalformed = reason;
  }

  synchronized StreamState state() {
    return state;
  }

  synchronized StreamStatus status(
      String venue,
      String endpoint,
      Duration deadline,
      int openSockets,
      Duration rolloverIn,
      VenueClock venueClock,
      List<BudgetStatus> budgets,
      Supplier<List<InstrumentStatus>> instruments,
      Map<String, String> options) {
    return new StreamStatus(
        pid,
        venue,
        endpoint,
        state,
        since,
        phase,
        attempt,
        deadline,
        lastError,
        nextRetryAt,
        connected,
        openSockets,
        state == StreamState.LIVE && rolloverIn != null ? clock.now().plus(rolloverIn) : null,
        new StreamStatus.Attempts(started, connected, failed, cancelled),
        malformed,
        lastMalformed,
        venueClock,
        budgets,
        // Read while the state cannot change: one that is live has had its first trade.
        instruments.get(),
        List.copyOf(timeline),
        options);
  }

  private void enter(StreamState next, String detail) {
    if (next != state) {
      state = next;
      since = clock.now();
    }
    line(next, detail);
  }

  private void line(StreamState at, String detail) {
    timeline.addLast(new StateChange(clock.now(), at, detail));
    if (timeline.size() > TIMELINE) {
      timeline.removeFirst();
    }
  }

  /** Tells a fault once: a repetition of the last one is for the count, not for the log. */
  private void tell(Faults fault, ConnectionPhase where) {
    boolean repeated =
        attempt > 1
            && lastError != null
            && lastError.kind() == fault.kind()
            && lastError.phase() == where;
    lastError = error(fault, where);
    if (repeated) {
      LOG.debug("{}: {} again, attempt {}", pid, inWords(lastError), attempt);
    } else {
      String words = inWords(lastError);
      LOG.warn(fault.message().startsWith(pid + ":") ? words : pid + ": " + words);
    }
  }

  private ConnectionError error(Faults fault, ConnectionPhase where) {
    return new ConnectionError(fault.kind(), where, fault.message(), fault.code(), clock.now());
  }

  private static String inWords(ConnectionError error) {
    if (error == null) {
      return "a reconnect by hand";
    }
    String where = error.phase() == null ? "" : " in " + error.phase();
    return error.kind() + where + ": " + error.message();
  }
}
