package io.tapeflow.stream;

import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.task.TaskLedger;
import io.tapeflow.api.venue.VenueProtocol;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.TaskScope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * The connections of one configuration: as many as its symbols need. The one with the lowest number
 * is in the registry as the component's own service; the others are registered here. Its owner
 * locks; any thread may ask for the first.
 */
final class Shards {
  private final BundleContext context;
  private final Maker maker;
  private final Clock clock;
  private final NavigableMap<Integer, Shard> running = new TreeMap<>();
  private ShardPlan plan = ShardPlan.NONE;
  private volatile Connector first;

  /** Makes a connector that has yet to be started. */
  @FunctionalInterface
  interface Maker {
    Connector make(StreamSettings settings, VenueProtocol protocol, TaskScope scope);
  }

  /** A connection and what of it is in the registry. */
  private static final class Shard {
    final String id;
    final Connector connector;
    final ServiceRegistration<TaskLedger> ledger;
    ServiceRegistration<TradeStream> stream;

    Shard(String id, Connector connector, ServiceRegistration<TaskLedger> ledger) {
      this.id = id;
      this.connector = connector;
      this.ledger = ledger;
    }

    void hide() {
      if (stream != null) {
        stream.unregister();
        stream = null;
      }
    }

    void close() {
      connector.close();
      ledger.unregister();
    }
  }

  Shards(BundleContext context, Maker maker, Clock clock) {
    this.context = context;
    this.maker = maker;
    this.clock = clock;
  }

  /** The connection with the lowest number, or null if there is none. Any thread. */
  Connector first() {
    return first;
  }

  /** Makes the connections those that the settings need; what stays is not disturbed. */
  void apply(StreamSettings settings, VenueProtocol protocol) {
    List<String> symbols = settings.symbols().stream().map(protocol::normalise).distinct().toList();
    int room = Limits.of(settings.limits(), protocol.limits()).streamsPerConnection();
    ShardPlan next = plan.with(symbols, room);
    plan = next;
    remove(running.keySet().stream().filter(n -> !next.shards().containsKey(n)).toList());
    next.shards()
        .forEach(
            (number, carried) -> {
              StreamSettings own = settings.of(idOf(settings.pid(), number), carried);
              Shard shard = running.get(number);
              if (shard != null) {
                shard.connector.apply(own);
              } else {
                running.put(number, start(own, protocol));
              }
            });
    show(settings.venue());
  }

  /** Closes all connections, within the bound that holds for each. */
  void close() {
    plan = ShardPlan.NONE;
    remove(List.copyOf(running.keySet()));
  }

  private static String idOf(String pid, int number) {
    return number == 1 ? pid : pid + '#' + number;
  }

  private Shard start(StreamSettings settings, VenueProtocol protocol) {
    TaskScope scope = new TaskScope("stream " + settings.pid(), clock);
    ServiceRegistration<TaskLedger> ledger = context.registerService(TaskLedger.class, scope, null);
    Connector connector = maker.make(settings, protocol, scope);
    connector.start();
    return new Shard(settings.pid(), connector, ledger);
  }

  /** All but the first are services of their own. */
  private void show(String venue) {
    int lowest = running.firstKey();
    first = running.get(lowest).connector;
    running.forEach(
        (number, shard) -> {
          if (number == lowest) {
            shard.hide();
          } else if (shard.stream == null) {
            Map<String, Object> properties =
                Map.of(Constants.SERVICE_PID, shard.id, TradeStream.VENUE, venue);
            shard.stream =
                context.registerService(
                    TradeStream.class, shard.connector, FrameworkUtil.asDictionary(properties));
          }
        });
  }

  private void remove(Collection<Integer> numbers) {
    List<Shard> closing = numbers.stream().map(running::remove).toList();
    closing.forEach(Shard::hide);
    closeAtOnce(closing);
    if (running.isEmpty()) {
      first = null;
    }
  }

  /** Each may need its whole time, so they are closed beside each other. */
  private static void closeAtOnce(List<Shard> closing) {
    List<Thread> closers =
        closing.stream()
            .skip(1)
            .map(shard -> new Thread(shard::close, "tapeflow-stop-" + shard.id))
            .toList();
    closers.forEach(Thread::start);
    closing.stream().limit(1).forEach(Shard::close);
    boolean interrupted = false;
    for (Thread closer : closers) {
      while (closer.isAlive()) {
        try {
          closer.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
