package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.task.TaskLedger;
import io.tapeflow.simulator.Venue;
import io.tapeflow.simulator.VenueSettings;
import io.tapeflow.stream.binance.BinanceSpot;
import io.tapeflow.tasks.Clock;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Several connections of one configuration, against a venue that permits two streams on each. */
class ShardsTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String[] FIVE = {"BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "BNBUSDT"};

  private final Registry registry = new Registry();
  private final Delivery delivery = new Delivery(Clock.SYSTEM, null);
  private final InstrumentClaims claims = new InstrumentClaims();
  private final Budgets budgets = new Budgets(Clock.SYSTEM, new KeptPauses(null));
  private final Venue venue =
      Venue.start(VenueSettings.generated(FIVE).rate(100).streamsPerConnection(2).build());
  private final NameLookup names = new NameLookup(Clock.SYSTEM, null, InetAddress::getAllByName);
  private final Shards shards =
      new Shards(
          registry.context(),
          (settings, protocol, scope) ->
              new Connector(
                  settings,
                  protocol,
                  delivery,
                  claims,
                  budgets,
                  new RolloverGate(),
                  names,
                  scope,
                  Clock.SYSTEM),
          Clock.SYSTEM);

  @AfterEach
  void close() {
    shards.close();
    delivery.close();
    names.close();
    venue.close();
  }

  @Test
  void moreSymbolsThanAConnectionMayCarryAreSpreadOverSeveral() {
    apply(FIVE);
    awaitFlow(FIVE);
    assertThat(carried())
        .isEqualTo(
            Map.of(
                "pid", List.of("BTCUSDT", "ETHUSDT"),
                "pid#2", List.of("SOLUSDT", "XRPUSDT"),
                "pid#3", List.of("BNBUSDT")));
    assertThat(registry.ids(TradeStream.class)).containsExactly("pid#2", "pid#3");
    assertThat(registry.count(TaskLedger.class)).isEqualTo(3);
    assertThat(venue.account().usage().mostStreams()).isEqualTo(2);
    assertThat(venue.account().openConnections()).isGreaterThanOrEqualTo(3);

    shards.close();
    assertThat(shards.first()).isNull();
    assertThat(registry.services).isEmpty();
    await().atMost(LONG).until(() -> venue.account().openConnections() == 0);
  }

  @Test
  void whatStaysIsNotDisturbedAndAnEmptyConnectionIsClosed() {
    apply(FIVE);
    awaitFlow(FIVE);
    long solFirst = instrument("SOLUSDT").firstId();
    Connector second = connector("pid#2");

    apply("SOLUSDT", "BNBUSDT", "XRPUSDT");
    assertThat(shards.first()).as("the lowest number is now the component's").isSameAs(second);
    assertThat(registry.ids(TradeStream.class)).containsExactly("pid#3");
    assertThat(second.status().state()).isEqualTo(StreamState.LIVE);

    apply("SOLUSDT", "BNBUSDT", "XRPUSDT", "ETHUSDT", "BTCUSDT");
    awaitFlow(FIVE);
    assertThat(carried())
        .isEqualTo(
            Map.of(
                "pid", List.of("BTCUSDT"),
                "pid#2", List.of("SOLUSDT", "XRPUSDT"),
                "pid#3", List.of("BNBUSDT", "ETHUSDT")));
    assertThat(registry.ids(TradeStream.class)).containsExactly("pid#2", "pid#3");
    assertThat(connector("pid#2")).isSameAs(second);
    assertThat(second.status().connections()).isEqualTo(1);
    assertThat(instrument("SOLUSDT").firstId()).isEqualTo(solFirst);
    assertThat(instrument("SOLUSDT").generation()).isEqualTo(1);
    assertThat(venue.account().usage().mostStreams()).isEqualTo(2);
  }

  @Test
  void aLowerLimitOfOursIsKept() {
    shards.apply(settings(1, "BTCUSDT", "ETHUSDT"), new BinanceSpot());
    awaitFlow("BTCUSDT", "ETHUSDT");
    assertThat(venue.account().usage().mostStreams()).isEqualTo(1);
  }

  private void apply(String... symbols) {
    shards.apply(settings(2, symbols), new BinanceSpot());
  }

  private StreamSettings settings(int streams, String... symbols) {
    return ConnectorRig.withLimits(
        ConnectorRig.withConnectTimeout(
            ConnectorRig.settings(venue.streamEndpoint(), venue.restEndpoint(), symbols)
                .of("pid", List.of(symbols)),
            LONG),
        new Limits.Configured(0, streams, 0, Duration.ZERO, 0, 30));
  }

  private List<Connector> connectors() {
    List<Connector> all = new java.util.ArrayList<>(registry.streams());
    all.add(shards.first());
    return all;
  }

  private Connector connector(String id) {
    return connectors().stream()
        .filter(connector -> connector.status().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private Map<String, List<String>> carried() {
    return connectors().stream()
        .map(Connector::status)
        .collect(
            java.util.stream.Collectors.toMap(
                StreamStatus::id,
                status ->
                    status.instruments().stream()
                        .map(instrument -> instrument.instrument().symbol())
                        .toList()));
  }

  private void awaitFlow(String... symbols) {
    for (String symbol : symbols) {
      await(symbol)
          .atMost(LONG)
          .until(
              () ->
                  instruments().stream()
                      .anyMatch(
                          status ->
                              status.instrument().symbol().equals(symbol)
                                  && status.delivered() > 0));
    }
  }

  private InstrumentStatus instrument(String symbol) {
    return instruments().stream()
        .filter(status -> status.instrument().symbol().equals(symbol))
        .findFirst()
        .orElseThrow();
  }

  private List<InstrumentStatus> instruments() {
    return connectors().stream().flatMap(it -> it.status().instruments().stream()).toList();
  }

  /** As much of a service registry as is needed here. */
  private static final class Registry {
    record Service(Class<?> type, Object object, Object id) {}

    final List<Service> services = new CopyOnWriteArrayList<>();

    List<Object> ids(Class<?> type) {
      return services.stream().filter(it -> it.type == type).map(Service::id).sorted().toList();
    }

    long count(Class<?> type) {
      return services.stream().filter(it -> it.type == type).count();
    }

    List<Connector> streams() {
      return services.stream()
          .filter(it -> it.type == TradeStream.class)
          .map(it -> (Connector) it.object)
          .toList();
    }

    BundleContext context() {
      return proxy(
          BundleContext.class,
          "registerService",
          arguments -> {
            Dictionary<?, ?> properties = (Dictionary<?, ?>) arguments[2];
            Object id = properties == null ? null : properties.get("service.pid");
            Service service = new Service((Class<?>) arguments[0], arguments[1], id);
            services.add(service);
            return proxy(
                ServiceRegistration.class,
                "unregister",
                none -> {
                  assertThat(services.remove(service)).isTrue();
                  return null;
                });
          });
    }

    private static <T> T proxy(
        Class<T> type, String only, java.util.function.Function<Object[], Object> body) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) -> {
                assertThat(method.getName()).isEqualTo(only);
                return body.apply(arguments);
              }));
    }
  }
}
