package io.tapeflow.simulator;

import io.tapeflow.api.simulator.EmbeddedVenue;
import io.tapeflow.api.task.TaskLedger;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one embedded venue for each configuration. A wrong configuration is refused in one line, and
 * leaves what runs as it is.
 *
 * <p>The services are registered by hand, because the ledger must outlive the venue's close.
 */
@Component(
    service = {},
    configurationPid = SimulatorComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SimulatorConfig.class, factory = true)
@Capability(
    namespace = "osgi.service",
    attribute =
        "objectClass:List<String>="
            + "'io.tapeflow.api.simulator.EmbeddedVenue,io.tapeflow.api.task.TaskLedger'")
public final class SimulatorComponent {
  static final String PID = "io.tapeflow.simulator";

  private static final Logger LOG = LoggerFactory.getLogger(SimulatorComponent.class);

  private final BundleContext context;
  private final String pid;
  // Guarded by this.
  private Running running;

  /**
   * Starts the venue.
   *
   * @param defaults only there for its defaults, which then are among the properties
   */
  @Activate
  public SimulatorComponent(
      BundleContext context, SimulatorConfig defaults, Map<String, Object> properties) {
    this.context = context;
    this.pid = String.valueOf(properties.getOrDefault(Constants.SERVICE_PID, PID));
    modified(properties);
  }

  @Modified
  final synchronized void modified(Map<String, Object> properties) {
    VenueSettings settings;
    try {
      settings = new ConfigReader(properties).read(pid);
    } catch (IllegalArgumentException e) {
      refused(e.getMessage());
      return;
    }
    if (running != null && running.holdsPortOf(settings)) {
      running.end();
      running = null;
    }
    try {
      Running next = new Running(context, pid, settings);
      if (running != null) {
        running.end();
      }
      running = next;
    } catch (UncheckedIOException e) {
      refused(
          "port %d and rest.port %d must be free on 127.0.0.1 (%s)"
              .formatted(settings.port(), settings.restPort(), e.getCause().getMessage()));
    }
  }

  @Deactivate
  final synchronized void deactivate() {
    if (running != null) {
      running.end();
      running = null;
    }
  }

  private void refused(String why) {
    LOG.error("{}: {}; {}", pid, why, running == null ? "nothing runs" : "the old venue runs on");
  }

  /** A venue and its services. */
  private static final class Running {
    private final Venue venue;
    private final String pid;
    private final ServiceRegistration<TaskLedger> ledger;
    private final ServiceRegistration<EmbeddedVenue> service;

    Running(BundleContext context, String pid, VenueSettings settings) {
      this.pid = pid;
      this.venue = Venue.start(settings);
      Map<String, Object> properties = new HashMap<>();
      properties.put(Constants.SERVICE_PID, pid);
      properties.put("stream.endpoint", venue.streamEndpoint().toString());
      properties.put("rest.endpoint", venue.restEndpoint().toString());
      venue.truststore().ifPresent(file -> properties.put("tls.truststore", file.toString()));
      this.ledger =
          context.registerService(
              TaskLedger.class, venue.ledger(), FrameworkUtil.asDictionary(properties));
      this.service =
          context.registerService(
              EmbeddedVenue.class, venue, FrameworkUtil.asDictionary(properties));
      LOG.info(
          "{}: the embedded venue lists {} at {} and {}",
          pid,
          settings.symbols(),
          venue.streamEndpoint(),
          venue.restEndpoint());
    }

    /** Whether it must end before a venue with these settings can start. */
    boolean holdsPortOf(VenueSettings next) {
      return holds(next.port()) || holds(next.restPort());
    }

    void end() {
      service.unregister();
      var report = venue.end();
      ledger.unregister();
      LOG.info("{}: the embedded venue has ended in {} ms", pid, report.took().toMillis());
    }

    private boolean holds(int port) {
      return port != 0
          && (port == venue.streamEndpoint().getPort() || port == venue.restEndpoint().getPort());
    }
  }
}
