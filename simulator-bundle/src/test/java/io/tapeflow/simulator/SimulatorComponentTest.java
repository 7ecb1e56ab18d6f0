package io.tapeflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tapeflow.api.simulator.EmbeddedVenue;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.api.task.TaskLedger;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.LoggerFactory;

class SimulatorComponentTest {
  private final Map<Class<?>, Object> services = new LinkedHashMap<>();
  private final List<String> gone = new ArrayList<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(SimulatorComponent.class);

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void deaf() {
    logger.detachAppender(log);
  }

  @Test
  void aVenueAndItsLedgerAreServicesWhileItRuns() {
    SimulatorComponent component = component(Map.of());
    EmbeddedVenue venue = (EmbeddedVenue) services.get(EmbeddedVenue.class);
    assertThat(venue.account().symbols()).containsExactlyInAnyOrder("BTCUSDT", "ETHUSDT");
    assertThat(((TaskLedger) services.get(TaskLedger.class)).status().owner()).isEqualTo("the~pid");
    component.deactivate();
    assertThat(services).isEmpty();
    // The ledger goes last, and knows by then how the venue ended.
    assertThat(gone).containsExactly("EmbeddedVenue", "TaskLedger closed=true");
  }

  @Test
  void aWrongConfigurationIsRefusedInOneLineAndNothingStarts() {
    SimulatorComponent component = component(Map.of("rate", "-3"));
    assertThat(services).isEmpty();
    assertThat(errors())
        .containsExactly(
            "the~pid: rate must be from 0.001 to 100000 a second, but is -3.0; nothing runs");
    component.modified(properties(Map.of()));
    assertThat(services).hasSize(2);
    component.deactivate();
  }

  @Test
  void aWrongChangeLeavesWhatRuns() {
    SimulatorComponent component = component(Map.of());
    Object venue = services.get(EmbeddedVenue.class);
    component.modified(properties(Map.of("port", "x")));
    assertThat(services).containsValue(venue);
    assertThat(((EmbeddedVenue) venue).account().openConnections()).isZero();
    assertThat(errors())
        .containsExactly(
            "the~pid: port must be a whole number from 0 to 65535, but is 'x'; the old venue runs"
                + " on");
    component.deactivate();
  }

  @Test
  void aChangeReplacesTheVenueAlsoOnTheSamePort() {
    SimulatorComponent component = component(Map.of());
    EmbeddedVenue first = (EmbeddedVenue) services.get(EmbeddedVenue.class);
    int port = first.streamEndpoint().getPort();
    component.modified(properties(Map.of("port", port, "symbols", "SOLUSDT")));
    EmbeddedVenue second = (EmbeddedVenue) services.get(EmbeddedVenue.class);
    assertThat(second).isNotSameAs(first);
    assertThat(second.streamEndpoint().getPort()).isEqualTo(port);
    assertThat(second.account().symbols()).containsExactly("SOLUSDT");
    component.deactivate();
    assertThat(errors()).isEmpty();
  }

  @Test
  void aPortThatIsTakenIsRefusedInOneLine() throws Exception {
    SimulatorComponent first = component(Map.of());
    int port = ((EmbeddedVenue) services.get(EmbeddedVenue.class)).streamEndpoint().getPort();
    SimulatorComponent second = component(Map.of("port", port));
    second.deactivate();
    first.deactivate();
    assertThat(errors())
        .containsExactly(
            "the~pid: port "
                + port
                + " and rest.port 0 must be free on 127.0.0.1 (Address already in use); nothing"
                + " runs");
  }

  @Test
  void commandsSwitchFaultsAndShowTheAccount() {
    try (Venue venue = Venue.start(VenueSettings.byHand("BTCUSDT").build())) {
      VenueCommands commands = new VenueCommands(venue);
      assertThat(commands.venue().symbols()).containsExactly("BTCUSDT");
      assertThat(commands.fault()).startsWith("On: []. Kinds: [SILENT_AFTER_TCP, ");
      assertThat(commands.fault("drop", 7)).contains("number=7");
      assertThat(commands.fault("NO-DATA")).contains("NO_DATA");
      assertThat(venue.faults()).extracting(VenueFault::number).containsExactlyInAnyOrder(7, 0);
      assertThat(commands.fault("clear")).startsWith("On: []");
      assertThat(venue.faults()).isEmpty();
      assertThatThrownBy(() -> commands.fault("boredom"))
          .hasMessageStartingWith("There is no fault 'boredom'. Kinds: ");
    }
  }

  private SimulatorComponent component(Map<String, Object> changes) {
    return new SimulatorComponent(context(), null, properties(changes));
  }

  private static Map<String, Object> properties(Map<String, Object> changes) {
    Map<String, Object> properties = ConfigReaderTest.defaults();
    properties.put("service.pid", "the~pid");
    properties.putAll(changes);
    return properties;
  }

  private List<String> errors() {
    return log.list.stream()
        .filter(event -> event.getLevel().levelStr.equals("ERROR"))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private BundleContext context() {
    return (BundleContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (self, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("registerService");
              Class<?> type = (Class<?>) arguments[0];
              services.put(type, arguments[1]);
              return registration(type, arguments[1]);
            });
  }

  private Object registration(Class<?> type, Object service) {
    return Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {ServiceRegistration.class},
        (self, method, arguments) -> {
          assertThat(method.getName()).isEqualTo("unregister");
          services.remove(type, service);
          gone.add(
              service instanceof TaskLedger ledger
                  ? "TaskLedger closed=" + (ledger.status().close() != null)
                  : type.getSimpleName());
          return null;
        });
  }
}
