package io.tapeflow.stream;

import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.api.task.TaskLedger;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.TaskScope;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Finds the addresses of hosts, for all connectors of the process. A look-up is the system's: it
 * can be neither interrupted nor limited in time, and Java has a second one of the same name wait
 * for the first. So there is at most one for each host, on a thread of its own, and whoever asks
 * meanwhile waits for it too, for as long as he likes.
 */
@Component(service = NameLookup.class)
public final class NameLookup {
  private static final Duration STOP_BOUND = Duration.ofSeconds(1);

  private final TaskScope scope;
  private final ServiceRegistration<TaskLedger> ledger;
  private final Names names;

  /** Who waits for the look-ups that are under way, by host. */
  private final Map<String, List<CompletableFuture<List<InetAddress>>>> underWay = new HashMap<>();

  /** Where names are known. */
  @FunctionalInterface
  interface Names {
    InetAddress[] addressesOf(String host) throws UnknownHostException;
  }

  /** For the registry. */
  @Activate
  public NameLookup(BundleContext context) {
    this(Clock.SYSTEM, context, InetAddress::getAllByName);
  }

  NameLookup(Clock clock, BundleContext context, Names names) {
    this.names = names;
    this.scope = new TaskScope("name look-ups", clock);
    this.ledger = context == null ? null : context.registerService(TaskLedger.class, scope, null);
  }

  @Deactivate
  void close() {
    scope.close(STOP_BOUND);
    if (ledger != null) {
      ledger.unregister();
    }
  }

  /**
   * Asks for the addresses of a host, and returns at once.
   *
   * @return to be cancelled by one who no longer waits
   */
  CompletableFuture<List<InetAddress>> find(String host) {
    CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
    boolean first;
    synchronized (underWay) {
      first = !underWay.containsKey(host);
      underWay.computeIfAbsent(host, any -> new CopyOnWriteArrayList<>()).add(answer);
    }
    answer.whenComplete((addresses, thrown) -> leave(host));
    if (first) {
      start(host);
    }
    return answer;
  }

  /** The look-ups that are under way. */
  LedgerStatus status() {
    return scope.status();
  }

  private void start(String host) {
    try {
      scope.thread("tapeflow-dns-" + host, () -> look(host));
    } catch (RejectedExecutionException e) {
      end(host, waiting -> waiting.completeExceptionally(e));
    }
  }

  private void look(String host) {
    try {
      List<InetAddress> addresses = List.of(names.addressesOf(host));
      end(host, waiting -> waiting.complete(addresses));
    } catch (UnknownHostException | RuntimeException e) {
      end(host, waiting -> waiting.completeExceptionally(e));
    }
  }

  private void end(String host, Consumer<CompletableFuture<List<InetAddress>>> how) {
    List<CompletableFuture<List<InetAddress>>> waiting;
    synchronized (underWay) {
      waiting = underWay.remove(host);
    }
    waiting.forEach(how);
  }

  /** Whoever has his answer, or has given up, waits no more. */
  private void leave(String host) {
    synchronized (underWay) {
      List<CompletableFuture<List<InetAddress>>> waiting = underWay.get(host);
      if (waiting != null) {
        waiting.removeIf(CompletableFuture::isDone);
      }
    }
  }
}
