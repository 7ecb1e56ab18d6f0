package io.tapeflow.stream;

import io.tapeflow.api.stream.ListenerStatus;
import io.tapeflow.api.stream.TradeDelivery;
import io.tapeflow.api.task.TaskLedger;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeListener;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.TaskScope;
import java.io.File;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tapes of all connections and the listeners in the registry together. */
@Component(
    service = {TradeDelivery.class, Delivery.class},
    immediate = true)
public final class Delivery implements TradeDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final Duration STOP_BOUND = Duration.ofSeconds(5);

  /** How long a call may go on when its listener leaves, or delivery ends, until interrupted. */
  private static final Duration LAST_CALL = Duration.ofSeconds(1);

  private static final int MOST_DELAY_MILLIS = 60_000;

  private final Clock clock;
  private final TaskScope scope;
  private final ServiceRegistration<TaskLedger> ledger;
  private final ListenerPlaces places;
  private final Object lock = new Object();
  private final List<Tape> tapes = new CopyOnWriteArrayList<>();
  private final Map<TradeListener, Pump> pumps = new LinkedHashMap<>();
  private volatile ListenerPump[] active = {};

  private record Pump(ListenerPump pump, Thread thread, Map<String, Object> properties) {}

  /** For the registry. */
  @Activate
  public Delivery(BundleContext context) {
    this(Clock.SYSTEM, context, placesIn(context));
  }

  Delivery(Clock clock, BundleContext context) {
    this(clock, context, new ListenerPlaces(null, ""));
  }

  Delivery(Clock clock, BundleContext context, ListenerPlaces places) {
    this.clock = clock;
    this.places = places;
    places.load();
    this.scope = new TaskScope("delivery", clock);
    this.ledger = context == null ? null : context.registerService(TaskLedger.class, scope, null);
  }

  @Deactivate
  void close() {
    List<Pump> last;
    synchronized (lock) {
      pumps.forEach(
          (listener, entry) -> places.put(listener, entry.properties, entry.pump.close()));
      last = List.copyOf(pumps.values());
      pumps.clear();
      publish();
    }
    places.save();
    awaitLastCalls(last);
    scope.close(STOP_BOUND.minus(LAST_CALL));
    if (ledger != null) {
      ledger.unregister();
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "unbind",
      updated = "updated")
  void bind(TradeListener listener, Map<String, Object> properties) {
    synchronized (lock) {
      ListenerPump pump =
          new ListenerPump(
              nameOf(listener, properties),
              listener,
              isSet(properties, TradeListener.FROM_HISTORY),
              isSet(properties, TradeListener.LOSSLESS),
              delayNanos(listener, properties),
              wantedBy(properties),
              places.take(listener, properties),
              clock);
      tapes.forEach(pump::add);
      try {
        Thread thread = scope.thread("tapeflow-delivery-" + pump.name(), pump);
        pumps.put(listener, new Pump(pump, thread, properties));
      } catch (RejectedExecutionException e) {
        LOG.debug("{} came while delivery was closing", pump.name());
      }
      publish();
    }
  }

  void updated(TradeListener listener, Map<String, Object> properties) {
    synchronized (lock) {
      Pump entry = pumps.get(listener);
      if (entry != null) {
        entry.pump.want(wantedBy(properties));
      }
    }
  }

  void unbind(TradeListener listener) {
    Pump entry;
    synchronized (lock) {
      entry = pumps.remove(listener);
      publish();
    }
    if (entry == null) {
      return;
    }
    ListenerStatus status = entry.pump.status();
    entry.pump.close();
    if (entry.thread == Thread.currentThread()) {
      return;
    }
    awaitLastCalls(List.of(entry));
    if (entry.thread.isAlive()) {
      LOG.warn(
          "Listener {} was still at work when it left, with {} trades yet to come; interrupted",
          status.name(),
          status.lag());
      entry.thread.interrupt();
    }
  }

  /** Trades of a tape go to those who want them from now on. */
  void add(Tape tape) {
    synchronized (lock) {
      tapes.add(tape);
      tape.brake(lastId -> awaitThoseWhoMustHaveAll(tape, lastId));
      pumps.values().forEach(entry -> entry.pump.add(tape));
    }
  }

  /** The tape has been given up. */
  void remove(Tape tape) {
    synchronized (lock) {
      tapes.remove(tape);
      pumps.values().forEach(entry -> entry.pump.remove(tape));
    }
  }

  private void awaitThoseWhoMustHaveAll(Tape tape, long lastId) {
    for (ListenerPump pump : active) {
      pump.awaitPast(tape, lastId);
    }
  }

  /** There are new trades on some tape. */
  void signal() {
    for (ListenerPump pump : active) {
      pump.signal();
    }
  }

  @Override
  public List<ListenerStatus> listeners() {
    return Arrays.stream(active).map(ListenerPump::status).toList();
  }

  private static ListenerPlaces placesIn(BundleContext context) {
    File file = context.getDataFile("listeners");
    return new ListenerPlaces(
        file == null ? null : file.toPath(), context.getProperty(Constants.FRAMEWORK_UUID));
  }

  private void publish() {
    active = pumps.values().stream().map(Pump::pump).toArray(ListenerPump[]::new);
  }

  private static void awaitLastCalls(List<Pump> closed) {
    long until = System.nanoTime() + LAST_CALL.toNanos();
    try {
      for (Pump entry : closed) {
        TimeUnit.NANOSECONDS.timedJoin(entry.thread, until - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String nameOf(TradeListener listener, Map<String, Object> properties) {
    Object name = properties.get(TradeListener.NAME);
    return name == null ? listener.getClass().getName() : name.toString();
  }

  private static boolean isSet(Map<String, Object> properties, String name) {
    return Boolean.parseBoolean(String.valueOf(properties.get(name)));
  }

  private static long delayNanos(TradeListener listener, Map<String, Object> properties) {
    Object delay = properties.get(TradeListener.DELAY_MILLIS);
    if (delay instanceof Integer millis && millis >= 0 && millis <= MOST_DELAY_MILLIS) {
      return TimeUnit.MILLISECONDS.toNanos(millis);
    }
    if (delay != null) {
      LOG.error(
          "Listener {}: {} is \"{}\", allowed is an Integer from 0 to {}; it is called at once",
          nameOf(listener, properties),
          TradeListener.DELAY_MILLIS,
          delay,
          MOST_DELAY_MILLIS);
    }
    return 0;
  }

  private static Predicate<Instrument> wantedBy(Map<String, Object> properties) {
    Object value = properties.get(TradeListener.INSTRUMENTS);
    Set<String> names;
    if (value instanceof String[] array) {
      names = Arrays.stream(array).collect(Collectors.toSet());
    } else if (value instanceof Iterable<?> several) {
      names =
          java.util.stream.StreamSupport.stream(several.spliterator(), false)
              .map(String::valueOf)
              .collect(Collectors.toSet());
    } else if (value == null) {
      return instrument -> true;
    } else {
      names = Set.of(value.toString());
    }
    // It is asked at each look at a tape, and each time answers the same.
    Map<Instrument, Boolean> known = new ConcurrentHashMap<>();
    return instrument -> {
      Boolean wanted = known.get(instrument);
      return wanted != null
          ? wanted
          : known.computeIfAbsent(instrument, it -> names.stream().anyMatch(it::isCalled));
    };
  }
}
