package io.tapeflow.stream;

import io.tapeflow.tasks.Clock;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The budgets of the process by address: a venue counts what comes from ours, whichever connector
 * it was. Connection attempts count by host, whatever the port; what is asked by REST counts by
 * port as well, for on one machine several venues may answer. They outlive every connector, so that
 * restarting one does not earn new attempts, and the pauses that venues want outlive the process.
 */
@Component(service = Budgets.class)
public final class Budgets {
  private final Clock clock;
  private final KeptPauses pauses;
  private final Map<String, Budget> attempts = new ConcurrentHashMap<>();
  private final Map<String, HostBudgets> places = new ConcurrentHashMap<>();

  /** For the registry. */
  @Activate
  public Budgets(BundleContext context) {
    this(Clock.SYSTEM, new KeptPauses(StateArea.path(context, "rest-pauses.properties")));
  }

  Budgets(Clock clock, KeptPauses pauses) {
    this.clock = clock;
    this.pauses = pauses;
  }

  /** The budgets of an endpoint. */
  HostBudgets of(URI endpoint) {
    String host = endpoint.getHost().toLowerCase(Locale.ROOT);
    String place = endpoint.getPort() < 0 ? host : host + ':' + endpoint.getPort();
    return places.computeIfAbsent(
        place,
        name ->
            new HostBudgets(
                host,
                attempts.computeIfAbsent(host, any -> new Budget()),
                new Pause(clock),
                new RestBudget(name, clock, pauses),
                new VenueTime()));
  }
}
