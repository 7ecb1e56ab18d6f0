package io.tapeflow.stream;

import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.trade.TradeHistory;
import io.tapeflow.api.venue.VenueProtocol;
import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configuration of the stream connector. It checks the configuration, finds the venue's
 * protocol in the registry, and runs the {@link Shards} that its symbols need; where it cannot, its
 * status says why. As a service it is the first of them.
 */
@Component(
    service = TradeStream.class,
    configurationPid = StreamComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = StreamConfiguration.class, factory = true)
public final class StreamComponent implements TradeStream {
  static final String PID = "io.tapeflow.stream";

  private static final Logger LOG = LoggerFactory.getLogger(StreamComponent.class);

  private final BundleContext context;
  private final Clock clock;
  private final String pid;
  private final ConnectionLog idleLog;
  private final Shards shards;
  private final List<VenueProtocol> venues = new CopyOnWriteArrayList<>();

  private final StreamConfiguration initial;
  private boolean active;
  private StreamSettings settings;
  private volatile String venue;

  /** For the registry. */
  @Activate
  public StreamComponent(
      BundleContext context,
      StreamConfiguration config,
      Map<String, Object> properties,
      @Reference Delivery delivery,
      @Reference InstrumentClaims claims,
      @Reference Budgets budgets,
      @Reference RolloverGate gate,
      @Reference NameLookup names) {
    this.context = context;
    this.clock = Clock.SYSTEM;
    this.pid = String.valueOf(properties.get(Constants.SERVICE_PID));
    this.idleLog = new ConnectionLog(pid, clock);
    this.venue = config.venue();
    this.initial = config;
    this.shards =
        new Shards(
            context,
            (own, protocol, scope) ->
                new Connector(own, protocol, delivery, claims, budgets, gate, names, scope, clock),
            clock);
  }

  /** Called when the venues that are there have been bound. */
  @Activate
  synchronized void activate() {
    active = true;
    configure(initial);
  }

  @Modified
  synchronized void configure(StreamConfiguration config) {
    StreamSettings changed;
    try {
      changed = StreamSettings.of(pid, config, StateArea.path(context, "history"));
      VenueProtocol protocol = find(changed.venue());
      if (protocol != null) {
        spoken(changed, protocol);
      } else if (shards.first() != null) {
        throw unknownVenue(changed.venue());
      }
    } catch (InvalidConfiguration e) {
      refuse(e.getMessage());
      return;
    }
    boolean samePlace = settings != null && settings.sameConnection(changed);
    settings = changed;
    venue = changed.venue();
    if (!samePlace) {
      shards.close();
    }
    startIfPossible();
  }

  @Deactivate
  synchronized void close() {
    active = false;
    shards.close();
  }

  // At least one: at the bundle's start its own venues come up beside this component.
  @Reference(
      cardinality = ReferenceCardinality.AT_LEAST_ONE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "unbind")
  synchronized void bind(VenueProtocol protocol) {
    venues.add(protocol);
    if (active && settings != null && shards.first() == null) {
      startIfPossible();
    }
  }

  synchronized void unbind(VenueProtocol protocol) {
    venues.remove(protocol);
    if (shards.first() != null && find(settings.venue()) == null) {
      shards.close();
      idleLog.waiting("the protocol of " + settings.venue() + " has gone");
    }
  }

  @Override
  public StreamStatus status() {
    Connector running = shards.first();
    return running != null
        ? running.status()
        : idleLog.status(
            venue,
            "none: not configured",
            Duration.ZERO,
            0,
            null,
            null,
            List.of(),
            List::of,
            Map.of());
  }

  @Override
  public StreamStatus status(String instrument) {
    Connector running = shards.first();
    return running != null ? running.status(instrument) : status();
  }

  @Override
  public void reconnect() {
    Connector running = shards.first();
    if (running != null) {
      running.reconnect();
    }
  }

  @Override
  public Optional<TradeHistory> history(String instrument) {
    Connector running = shards.first();
    return running == null ? Optional.empty() : running.history(instrument);
  }

  private void startIfPossible() {
    VenueProtocol found = find(settings.venue());
    if (found == null) {
      refuse(unknownVenue(settings.venue()).getMessage());
      return;
    }
    VenueProtocol protocol;
    try {
      protocol = spoken(settings, found);
    } catch (InvalidConfiguration e) {
      refuse(e.getMessage());
      return;
    }
    shards.apply(settings, protocol);
  }

  private void refuse(String message) {
    Connector running = shards.first();
    if (running != null) {
      LOG.error("{}; the running configuration stays", message);
      running.refused(message);
    } else {
      idleLog.refused(message);
    }
  }

  private VenueProtocol find(String name) {
    return venues.stream()
        .filter(protocol -> Objects.equals(protocol.venue(), name))
        .findFirst()
        .orElse(null);
  }

  private InvalidConfiguration unknownVenue(String name) {
    TreeSet<String> known = new TreeSet<>();
    venues.forEach(protocol -> known.add(protocol.venue()));
    return new InvalidConfiguration(
        pid + ": venue = " + name + " is refused; expected one of " + known);
  }

  /** The venue's protocol as the settings want it; checks that it understands all of them. */
  private VenueProtocol spoken(StreamSettings checked, VenueProtocol found) {
    VenueProtocol protocol;
    try {
      protocol = found.with(checked.venueOptions());
    } catch (IllegalArgumentException e) {
      throw new InvalidConfiguration(
          pid + ": venue.options = " + checked.venueOptions() + " is refused; " + e.getMessage());
    }
    for (String symbol : checked.symbols()) {
      try {
        protocol.normalise(symbol);
      } catch (IllegalArgumentException e) {
        throw new InvalidConfiguration(
            pid + ": symbols = " + symbol + " is refused; " + e.getMessage());
      }
    }
    return protocol;
  }
}
