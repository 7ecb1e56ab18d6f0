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
 * it was. They outlive every connector, so that restarting one does not earn new attempts, and the
 * pauses that venues want outlive the process.
 */
@Component(service = Budgets.class)
public final class Budgets {
  private final Clock clock;
  private final KeptPauses pauses;
  private final Map<String, HostBudgets> hosts = new ConcurrentHashMap<>();

  /** For the registry. */
  @Activate
  public Budgets(BundleContext context) {
    this(Clock.SYSTEM, new KeptPauses(StateArea.path(context, "rest-pauses.properties")));
  }

  Budgets(Clock clock, KeptPauses pauses) {
    this.clock = clock;
    this.pauses = pauses;
  }

  /** The budgets of an endpoint's host. */
  HostBudgets of(URI endpoint) {
    String host = endpoint.getHost().toLowerCase(Locale.ROOT);
    return hosts.computeIfAbsent(host, name -> HostBudgets.of(name, clock, pauses));
  }
}
