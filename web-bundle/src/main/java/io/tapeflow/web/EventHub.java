package io.tapeflow.web;

import io.tapeflow.api.task.TaskLedger;
import io.tapeflow.api.trade.TradeListener;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.Task;
import io.tapeflow.tasks.TaskScope;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves clients of events. One thread makes the events and hands them to the sockets that take
 * some; it is there, and trades are listened to, only for as long as somebody wants them.
 */
@Component(service = EventHub.class)
public final class EventHub {
  /** How often events are made. */
  static final Duration TICK = Duration.ofMillis(50);

  private static final String THREAD = "tapeflow-web-events";
  private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);
  private static final Duration STOP_BOUND = Duration.ofSeconds(5);
  private static final int MOST_EVENTS = 1 << 15;
  private static final long MOST_BYTES = 32L << 20;
  private static final byte[] HEAD = "retry: 1000\n\n".getBytes(StandardCharsets.US_ASCII);

  private final CurrentSettings settings;
  private final Clock clock;
  private final Function<TradeListener, Runnable> listening;
  private final TaskScope scope;
  private ServiceRegistration<TaskLedger> ledger;
  private final EventLog log;
  private final EventMaker maker;
  private final Interests interests = new Interests();
  private final Set<EventClient> clients = ConcurrentHashMap.newKeySet();
  private final AtomicInteger admitted = new AtomicInteger();
  private final AtomicLong served = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  private final Object lock = new Object();
  private ScheduledExecutorService ticker;
  // The ticker's own.
  private TapeTap tap;
  private Runnable untap;

  /** Uses the machine's clock. */
  @Activate
  public EventHub(
      @Reference LiveServices services, @Reference CurrentSettings settings, BundleContext bundle) {
    this(services, settings, new TaskScope("web", Clock.SYSTEM), Clock.SYSTEM, in(bundle));
    ledger = bundle.registerService(TaskLedger.class, scope, null);
  }

  /**
   * Serves.
   *
   * @param listening has trades delivered to a listener, and gives what ends that
   */
  EventHub(
      LiveServices services,
      CurrentSettings settings,
      TaskScope scope,
      Clock clock,
      Function<TradeListener, Runnable> listening) {
    this.settings = settings;
    this.scope = scope;
    this.clock = clock;
    this.listening = listening;
    this.log = new EventLog(Long.toHexString(clock.wallMicros()), MOST_EVENTS, MOST_BYTES);
    this.maker = new EventMaker(services, log, clock);
  }

  private static Function<TradeListener, Runnable> in(BundleContext bundle) {
    return listener -> {
      Dictionary<String, ?> properties =
          FrameworkUtil.asDictionary(Map.of(TradeListener.NAME, "web.events"));
      return bundle.registerService(TradeListener.class, listener, properties)::unregister;
    };
  }

  /** Ends all answers, and what was started for them. */
  @Deactivate
  void deactivate() {
    List.copyOf(clients).forEach(EventClient::end);
    scope.close(STOP_BOUND);
    untap();
    if (ledger != null) {
      ledger.unregister();
    }
  }

  /** How many clients there are. */
  int clients() {
    return clients.size();
  }

  /** How many there have been. */
  long served() {
    return served.get();
  }

  /** How many of them were dropped because they took nothing or too little. */
  long dropped() {
    return dropped.get();
  }

  /** Counts in a client that wants to be served; a problem if there are too many. */
  void admit() {
    int most = settings.get().eventClients();
    if (admitted.incrementAndGet() > most) {
      admitted.decrementAndGet();
      throw Problem.full(most);
    }
  }

  /**
   * Begins to serve a client that was counted in.
   *
   * @param lastId the id of the last event that it knows; null if it knows none
   * @throws RejectedExecutionException if this hub is being stopped
   */
  void serve(Wish wish, String lastId, AsyncContext context) throws IOException {
    long known = lastId == null || lastId.isEmpty() ? -1 : log.number(lastId);
    boolean resumes = known >= 0 && log.reaches(known) && interests.covers(wish, known);
    long last = log.last();
    List<byte[]> greeting = new ArrayList<>();
    greeting.add(HEAD);
    if (lastId != null && !lastId.isEmpty() && !resumes) {
      byte[] reset =
          Json.line(
              new EventViews.ResetEvent("What followed " + lastId + " is not known any more"));
      greeting.add(log.frame(last, "reset", reset));
    }
    if (!resumes) {
      log.standing(wish::wants).stream()
          .filter(entry -> entry.number() <= last)
          .forEach(entry -> greeting.add(entry.frame()));
    }
    Connection connection = new Connection(wish);
    connection.client =
        new EventClient(
            wish, log, resumes ? known : last, greeting, context, clock, connection::ended);
    connection.task =
        scope.enter(
            "socket",
            "events to " + context.getRequest().getRemoteAddr(),
            connection.client::end,
            connection.client::end);
    interests.add(wish, last);
    clients.add(connection.client);
    served.incrementAndGet();
    startTicking();
    context.getResponse().getOutputStream().setWriteListener(connection.client);
  }

  /** Gives back the place of one that was counted in and then not served. */
  void release() {
    admitted.decrementAndGet();
  }

  /** What has to be done when a client has gone. */
  private final class Connection {
    private final Wish wish;
    private EventClient client;
    private volatile Task task;

    Connection(Wish wish) {
      this.wish = wish;
    }

    void ended() {
      if (clients.remove(client)) {
        interests.remove(wish, clock.nanos());
      }
      release();
      if (task != null) {
        task.finished();
      }
    }
  }

  private void startTicking() {
    synchronized (lock) {
      if (ticker == null && !scope.isClosing()) {
        ticker = scope.scheduler(THREAD);
        // At a fixed rate, so that what a tick takes makes none of them later.
        ticker.scheduleAtFixedRate(this::tick, 0, TICK.toNanos(), TimeUnit.NANOSECONDS);
      }
    }
  }

  /** Nobody wants anything any more, nor has until a moment ago. */
  private void stopTicking() {
    untap();
    synchronized (lock) {
      if (clients.isEmpty() && ticker != null) {
        scope.unwatch(THREAD);
        ticker.shutdown();
        ticker = null;
      }
    }
  }

  private void tick() {
    try {
      scope.pulse();
      Collection<Wish> wishes = interests.wishes(clock.nanos());
      listen(wishes.stream().anyMatch(EventHub::listens));
      maker.make(wishes, tap == null ? List.of() : tap.take());
      for (EventClient client : clients) {
        client.pump();
        if (client.isTooSlow(settings.get().eventStall())) {
          dropped.incrementAndGet();
          LOG.debug("A client of events takes too little, and is dropped");
          client.end();
        }
      }
      if (wishes.isEmpty()) {
        stopTicking();
      }
    } catch (RuntimeException e) {
      // The next tick may do better; without a next one, all clients would hang.
      LOG.error("Events cannot be made", e);
    }
  }

  private static boolean listens(Wish wish) {
    return wish.types().contains(Topic.TRADES)
        || wish.types().contains(Topic.GAP)
        || wish.types().contains(Topic.REPAIR);
  }

  private void listen(boolean wanted) {
    if (!wanted) {
      untap();
    } else if (tap == null) {
      tap = new TapeTap();
      untap = listening.apply(tap);
    }
  }

  private void untap() {
    if (tap == null) {
      return;
    }
    tap.close();
    tap = null;
    try {
      untap.run();
    } catch (IllegalStateException e) {
      LOG.debug("The framework has unregistered the listener already", e);
    }
  }
}
