package io.tapeflow.plan;

import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.plan.PlanListener;
import io.tapeflow.api.plan.PlanState;
import io.tapeflow.api.plan.PlanState.Kind;
import io.tapeflow.api.plan.PlanStatus;
import io.tapeflow.api.plan.PlanTrigger;
import io.tapeflow.plan.evaluate.Standing;
import io.tapeflow.tasks.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log and the listeners what becomes of plans, each change once. It is used by one
 * thread; listeners, who may come and go by any, are called by another, so that one that blocks
 * holds up no more than the others.
 */
final class Teller {
  private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

  private final Clock clock;
  private final Function<Entry, PlanStatus> statuses;
  private final Consumer<Entry> told;
  private final Executor calls;
  private final List<PlanListener> listeners = new CopyOnWriteArrayList<>();

  /**
   * A teller without listeners.
   *
   * @param statuses gives what is told
   * @param told takes triggers of which a listener has been told
   * @param calls runs the calls of listeners, one after the other
   */
  Teller(Clock clock, Function<Entry, PlanStatus> statuses, Consumer<Entry> told, Executor calls) {
    this.clock = clock;
    this.statuses = statuses;
    this.told = told;
    this.calls = calls;
  }

  void add(PlanListener listener) {
    listeners.add(listener);
  }

  void remove(PlanListener listener) {
    listeners.remove(listener);
  }

  /** How a plan stands now: told if that is another state than before. */
  void stands(Entry entry, Standing now) {
    Standing before = entry.told();
    if (before != null && before.kind().equals(now.kind())) {
      return;
    }
    entry.told(now, clock.now());
    log(entry, before, now.state());
    PlanStatus status = statuses.apply(entry);
    calls.execute(() -> each(listener -> listener.onChange(status)));
  }

  /** A plan has triggered, now or in a process before. */
  void triggers(Entry entry, boolean again) {
    calls.execute(() -> trigger(entry, again));
  }

  private void trigger(Entry entry, boolean again) {
    if (entry.record().told()) {
      // By a call that was queued when this one was, as when it triggers while listeners come.
      return;
    }
    PlanTrigger trigger = entry.record().trigger();
    // Events are for whoever happens to listen; a listener is who waits for it.
    boolean heard = listeners.stream().anyMatch(it -> !(it instanceof PlanEvents));
    each(listener -> listener.onTrigger(entry.plan(), trigger, again));
    if (heard) {
      told.accept(entry);
    }
  }

  void removed(Entry entry) {
    if (entry.faults().isEmpty()) {
      LOG.info("Plan {} has been taken away by {}", entry.id(), entry.source());
    }
    PlanStatus status = statuses.apply(entry);
    calls.execute(() -> each(listener -> listener.onRemoved(status)));
  }

  private void each(Consumer<PlanListener> call) {
    for (PlanListener listener : listeners) {
      try {
        call.accept(listener);
      } catch (RuntimeException | LinkageError e) {
        LOG.warn("{} threw", listener, e);
      }
    }
  }

  private static void log(Entry entry, Standing before, PlanState state) {
    String id = entry.id();
    if (state instanceof PlanState.Blocked blocked) {
      LOG.warn("Order flow metrics unavailable for {}: {}", id, blocked.reason());
    } else if (state instanceof PlanState.Triggered triggered) {
      PlanTrigger trigger = triggered.trigger();
      LOG.info(
          "Plan {} has triggered: {} at trade {} of {}, price {}, {}",
          id,
          entry.plan().direction(),
          trigger.tradeId(),
          trigger.instrument(),
          trigger.price().stripTrailingZeros().toPlainString(),
          trigger.time());
    } else if (state instanceof PlanState.Invalid invalid) {
      for (PlanFault fault : invalid.faults()) {
        LOG.error("Plan {} of {} is refused: {}", id, entry.source(), fault);
      }
    } else if (state.isFinal()) {
      LOG.info("Plan {} is {}", id, state.kind());
    } else if (before == null || before.state().kind() == Kind.BLOCKED) {
      LOG.info("Plan {} is {}: all its metrics are there", id, state.kind());
    } else {
      // How it comes and goes with the market is for the status; a log would be full of it.
      LOG.debug("Plan {} is {}", id, state);
    }
  }
}
