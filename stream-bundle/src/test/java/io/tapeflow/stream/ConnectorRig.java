package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.task.CloseReport;
import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.stream.binance.BinanceSpot;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.TaskScope;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A connector outside of a framework, with short times. */
final class ConnectorRig implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  static {
    Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
  }

  final String pid = "rig" + COUNT.incrementAndGet();
  final Delivery delivery;
  final TaskScope scope = new TaskScope(pid, Clock.SYSTEM);
  final Connector connector;
  final InstrumentClaims claims;
  final Budgets budgets;
  private StreamSettings settings;

  private ConnectorRig(
      StreamSettings settings, InstrumentClaims claims, Budgets budgets, Delivery delivery) {
    this.settings = settings;
    this.claims = claims;
    this.budgets = budgets;
    this.delivery = delivery;
    this.connector =
        new Connector(
            withPid(settings, pid),
            new BinanceSpot(),
            delivery,
            claims,
            budgets,
            scope,
            Clock.SYSTEM);
    connector.start();
  }

  static ConnectorRig to(URI stream, String... symbols) {
    return to(settings(stream, null, symbols));
  }

  static ConnectorRig to(StreamSettings settings) {
    return new ConnectorRig(
        settings,
        new InstrumentClaims(),
        new Budgets(Clock.SYSTEM),
        new Delivery(Clock.SYSTEM, null));
  }

  /** A second connector in the same process. */
  ConnectorRig beside(StreamSettings other) {
    return new ConnectorRig(other, claims, budgets, delivery);
  }

  static StreamSettings settings(URI stream, URI rest, String... symbols) {
    return new StreamSettings(
        "rig",
        "binance-spot",
        List.of(symbols),
        stream,
        rest,
        Map.of(),
        TlsTrust.OF_JAVA,
        Duration.ofMillis(800),
        Duration.ofMillis(800),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofSeconds(60),
        Duration.ofSeconds(5),
        Duration.ofMillis(50),
        Duration.ofSeconds(15),
        50_000,
        16L << 20,
        Duration.ofMinutes(30),
        1_000_000,
        1L << 30,
        null,
        Limits.Configured.VENUES_OWN);
  }

  private static StreamSettings withPid(StreamSettings s, String pid) {
    return s.of(pid, s.symbols());
  }

  static StreamSettings withSymbols(StreamSettings s, String... symbols) {
    return s.of(s.pid(), List.of(symbols));
  }

  static StreamSettings withConnectTimeout(StreamSettings s, Duration timeout) {
    return with(s, timeout, s.trust(), s.limits());
  }

  static StreamSettings withTrust(StreamSettings s, TlsTrust trust) {
    return with(s, s.connectTimeout(), trust, s.limits());
  }

  static StreamSettings withLimits(StreamSettings s, Limits.Configured limits) {
    return with(s, s.connectTimeout(), s.trust(), limits);
  }

  private static StreamSettings with(
      StreamSettings s, Duration connectTimeout, TlsTrust trust, Limits.Configured limits) {
    return new StreamSettings(
        s.pid(),
        s.venue(),
        s.symbols(),
        s.streamEndpoint(),
        s.restEndpoint(),
        s.venueOptions(),
        trust,
        connectTimeout,
        s.idleTimeout(),
        s.firstBackoff(),
        s.longestBackoff(),
        s.stableAfter(),
        s.stopTimeout(),
        s.reorder(),
        s.hold(),
        s.holdTrades(),
        s.holdBytes(),
        s.history(),
        s.historyTrades(),
        s.historyBytes(),
        s.historyDirectory(),
        limits);
  }

  void symbols(String... symbols) {
    settings = withSymbols(withPid(settings, pid), symbols);
    connector.apply(settings);
  }

  StreamStatus status() {
    return connector.status();
  }

  InstrumentStatus instrument(String symbol) {
    return status().instruments().stream()
        .filter(status -> status.instrument().symbol().equals(symbol))
        .findFirst()
        .orElseThrow();
  }

  void awaitState(StreamState state) {
    await(pid + " " + state).atMost(Duration.ofSeconds(20)).until(() -> status().state() == state);
  }

  void awaitDelivered(String symbol, long atLeast) {
    await(pid + " " + symbol)
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                status().instruments().stream()
                    .anyMatch(
                        status ->
                            status.instrument().symbol().equals(symbol)
                                && status.delivered() >= atLeast));
  }

  /** Stops, and checks that it kept every promise of a stop. */
  void stop() {
    CloseReport report = connector.close();
    LedgerStatus ledger = scope.status();
    assertThat(report.abandoned()).as("abandoned %s", ledger).isZero();
    assertThat(report.kept()).as("%s", report).isTrue();
    assertThat(ledger.balanced()).isTrue();
    assertThat(ledger.live()).isEmpty();
    assertThat(ledger.failed()).isZero();
    assertThat(status().state()).isEqualTo(StreamState.STOPPED);
    assertThat(status().openSockets()).isZero();
    assertThat(status().attempts().open()).isZero();
    await("no thread left").until(() -> threads().isEmpty());
    assertThat(scope.status().lateCallbacks()).isZero();
  }

  Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.contains('-' + pid) && !name.contains('-' + pid + '0'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public void close() {
    if (status().state() != StreamState.STOPPED) {
      connector.close();
    }
    delivery.close();
  }
}
