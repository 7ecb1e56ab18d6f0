package io.tapeflow.console;

import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.api.task.TaskLedger;
import io.tapeflow.tasks.Clock;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ledgers that are open, and the last account of those that have gone. Immediate, so that
 * it sees every close from the start on.
 */
@Component(service = Scopes.class, immediate = true)
public final class Scopes {
  private static final Logger LOG = LoggerFactory.getLogger(Scopes.class);
  private static final int KEPT = 1_000;

  private final Clock clock;
  private final int bound;
  private final List<TaskLedger> open = new CopyOnWriteArrayList<>();

  private final Object lock = new Object();
  private final Deque<Gone> gone = new ArrayDeque<>();
  private long older;
  private long olderBroken;
  private long olderAbandoned;

  /** Uses the machine's clock. */
  @Activate
  public Scopes() {
    this(Clock.SYSTEM, KEPT);
  }

  Scopes(Clock clock, int bound) {
    this.clock = clock;
    this.bound = bound;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addLedger(TaskLedger ledger) {
    open.add(ledger);
  }

  void removeLedger(TaskLedger ledger) {
    Gone entry = new Gone(ledger, clock.now());
    open.remove(ledger);
    entry.refresh();
    ClosedScope dropped;
    synchronized (lock) {
      gone.addLast(entry);
      if (gone.size() <= bound) {
        return;
      }
      dropped = gone.removeFirst().last();
      older++;
      olderBroken += dropped.kept() ? 0 : 1;
      olderAbandoned += dropped.abandoned();
    }
  }

  List<TaskLedger> open() {
    return List.copyOf(open);
  }

  /** The scopes closed so far. Late callbacks count for as long as their ledger is reachable. */
  ClosedScopes closed() {
    List<Gone> entries;
    long olderNow;
    long olderBrokenNow;
    long olderAbandonedNow;
    synchronized (lock) {
      entries = new ArrayList<>(gone);
      olderNow = older;
      olderBrokenNow = olderBroken;
      olderAbandonedNow = olderAbandoned;
    }
    entries.forEach(Gone::refresh);
    return new ClosedScopes(
        entries.stream().map(Gone::last).toList(), olderNow, olderBrokenNow, olderAbandonedNow);
  }

  /** A ledger that has gone. Held weakly, or the class loader of a stopped bundle would stay. */
  private static final class Gone {
    private final WeakReference<TaskLedger> ledger;
    private final Instant at;
    private volatile ClosedScope last;

    Gone(TaskLedger ledger, Instant at) {
      this.ledger = new WeakReference<>(ledger);
      this.at = at;
      this.last = unread("A ledger that could not be read", at);
    }

    ClosedScope last() {
      return last;
    }

    void refresh() {
      TaskLedger present = ledger.get();
      if (present == null) {
        return;
      }
      try {
        last = new ClosedScope(at, present.status());
      } catch (RuntimeException e) {
        LOG.debug("A ledger that has gone cannot be read", e);
      }
    }

    private static ClosedScope unread(String owner, Instant at) {
      return new ClosedScope(
          at, new LedgerStatus(owner, 0, 0, 0, 0, List.of(), List.of(), List.of(), null, 0));
    }
  }
}
