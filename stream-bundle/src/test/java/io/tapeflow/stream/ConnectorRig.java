package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.task.CloseReport;
import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.api.venue.VenueProtocol;
import io.tapeflow.stream.binance.BinanceSpot;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.TaskScope;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
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
  final RolloverGate gate;
  final NameLookup names;
  private StreamSettings settings;

  private ConnectorRig(
      StreamSettings settings,
      VenueProtocol protocol,
      InstrumentClaims claims,
      Budgets budgets,
      RolloverGate gate,
      NameLookup names,
      Delivery delivery) {
    this.settings = settings;
    this.claims = claims;
    this.budgets = budgets;
    this.gate = gate;
    this.names = names;
    this.delivery = delivery;
    this.connector =
        new Connector(
            withPid(settings, pid),
            protocol,
            delivery,
            claims,
            budgets,
            gate,
            names,
            scope,
            Clock.SYSTEM);
    connector.start();
  }

  static ConnectorRig to(URI stream, String... symbols) {
    return to(settings(stream, null, symbols));
  }

  static ConnectorRig to(StreamSettings settings) {
    return to(settings, new BinanceSpot());
  }

  static ConnectorRig to(StreamSettings settings, VenueProtocol protocol) {
    return to(settings, protocol, InetAddress::getAllByName);
  }

  /** With names that are known elsewhere than in the system. */
  static ConnectorRig to(StreamSettings settings, NameLookup.Names names) {
    return to(settings, new BinanceSpot(), names);
  }

  private static ConnectorRig to(
      StreamSettings settings, VenueProtocol protocol, NameLookup.Names names) {
    return new ConnectorRig(
        settings,
        protocol,
        new InstrumentClaims(),
        new Budgets(Clock.SYSTEM, new KeptPauses(null)),
        new RolloverGate(),
        new NameLookup(Clock.SYSTEM, null, names),
        new Delivery(Clock.SYSTEM, null));
  }

  /** A second connector in the same process. */
  ConnectorRig beside(StreamSettings other) {
    return new ConnectorRig(other, new BinanceSpot(), claims, budgets, gate, names, delivery);
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
        Limits.Configured.VENUES_OWN,
        new DataWatch.Bounds(Duration.ofSeconds(10), Duration.ofSeconds(120)),
        new Rollover.Plan(Duration.ofHours(23), Duration.ZERO));
  }

  private static StreamSettings withPid(StreamSettings s, String pid) {
    return with(s, Map.of("pid", pid));
  }

  static StreamSettings withSymbols(StreamSettings s, String... symbols) {
    return with(s, Map.of("symbols", List.of(symbols)));
  }

  static StreamSettings withConnectTimeout(StreamSettings s, Duration timeout) {
    return with(s, Map.of("connectTimeout", timeout));
  }

  static StreamSettings withTrust(StreamSettings s, TlsTrust trust) {
    return with(s, Map.of("trust", trust));
  }

  static StreamSettings withLimits(StreamSettings s, Limits.Configured limits) {
    return with(s, Map.of("limits", limits));
  }

  /** The settings with some values changed, by the names of the components. */
  static StreamSettings with(StreamSettings s, Map<String, ?> changes) {
    RecordComponent[] parts = StreamSettings.class.getRecordComponents();
    Class<?>[] types = new Class<?>[parts.length];
    Object[] values = new Object[parts.length];
    Set<String> names = new TreeSet<>(changes.keySet());
    try {
      for (int i = 0; i < parts.length; i++) {
        String name = parts[i].getName();
        types[i] = parts[i].getType();
        values[i] = names.remove(name) ? changes.get(name) : parts[i].getAccessor().invoke(s);
      }
      assertThat(names).as("unknown settings").isEmpty();
      return StreamSettings.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the settings cannot be changed", e);
    }
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
    names.close();
    delivery.close();
  }
}
