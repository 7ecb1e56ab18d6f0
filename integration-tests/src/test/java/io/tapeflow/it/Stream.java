package io.tapeflow.it;

import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.task.TaskLedger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A stream to a venue, made by a configuration. */
final class Stream implements AutoCloseable {
  static final String FACTORY = "io.tapeflow.stream";

  private final Host host;
  private final String name;
  private final String pid;

  private Stream(Host host, String name, String pid) {
    this.host = host;
    this.name = name;
    this.pid = pid;
  }

  /** Opens a stream that lives until it is closed or the test ends. */
  static Stream open(Host host, String name, Map<String, ?> values) {
    Stream stream = new Stream(host, name, host.configure(FACTORY, name, values));
    host.owns(stream);
    Awaitility.await("start of " + stream.pid)
        .atMost(Host.PATIENCE)
        .until(() -> host.has(TradeStream.class, stream.filter()));
    return stream;
  }

  /** Opens a stream to a venue. */
  static Stream to(Venue venue, Host host, String name, String... symbols) {
    return open(host, name, values(venue, symbols));
  }

  /** A configuration of a stream that tries again soon. */
  static Map<String, Object> values(Venue venue, String... symbols) {
    Map<String, Object> values = new HashMap<>(venue.endpoints());
    values.put("symbols", symbols);
    values.put("reconnect.initial.ms", 50L);
    values.put("reconnect.max.ms", 100L);
    // No test begins with what another one left.
    values.put("history.keep", false);
    // More is gone through here in minutes than a venue permits.
    values.put("limit.attempts", 100_000);
    values.put("limit.rest.weight", 10_000_000);
    return values;
  }

  String pid() {
    return pid;
  }

  void update(Map<String, ?> values) {
    host.configure(FACTORY, name, values);
  }

  StreamStatus status() {
    return ask(TradeStream::status);
  }

  <R> R ask(Function<TradeStream, R> question) {
    return host.ask(TradeStream.class, filter(), question);
  }

  void reconnect() {
    host.tell(TradeStream.class, filter(), TradeStream::reconnect);
  }

  InstrumentStatus instrument(String symbol) {
    return find(symbol).orElseThrow(() -> new AssertionError(pid + " does not have " + symbol));
  }

  /** The last id released; -1 before any. */
  long lastId(String symbol) {
    return find(symbol).map(InstrumentStatus::lastId).orElse(-1L);
  }

  private Optional<InstrumentStatus> find(String symbol) {
    return status().instruments().stream()
        .filter(instrument -> instrument.instrument().symbol().equals(symbol))
        .findFirst();
  }

  /** Waits until the status is as it should be. */
  StreamStatus until(String what, Predicate<StreamStatus> right) {
    return Awaitility.await(pid + ": " + what).atMost(Host.PATIENCE).until(this::status, right);
  }

  /** Waits until trades of all instruments flow. */
  StreamStatus awaitLive() {
    return until(
        "live",
        status ->
            status.state() == StreamState.LIVE
                && status.instruments().stream()
                    .allMatch(instrument -> instrument.state() == InstrumentState.LIVE));
  }

  /** Deletes the configuration, and does not wait for the end. */
  void delete() {
    host.delete(pid);
  }

  @Override
  public void close() {
    delete();
    awaitEnd();
  }

  /** The service goes when the end begins, and the ledger when it is over. */
  void awaitEnd() {
    Awaitility.await("end of " + pid)
        .atMost(Host.PATIENCE)
        .until(() -> !host.has(TradeStream.class, filter()) && !hasLedger());
  }

  private boolean hasLedger() {
    return host.askAll(TaskLedger.class, null, ledger -> ledger.status().owner().endsWith(pid))
        .contains(true);
  }

  private String filter() {
    return "(service.pid=" + pid + ')';
  }
}
