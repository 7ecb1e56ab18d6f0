package io.tapeflow.tasks;

import io.tapeflow.api.task.CloseReport;
import io.tapeflow.api.task.Heartbeat;
import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.api.task.TaskInfo;
import io.tapeflow.api.task.TaskLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the background work of one component: enters each task, knows at any time what has become of
 * it, and ends all of them within a bound.
 *
 * <p>Closing asks the tasks to stop in the reverse of the order in which they were entered, waits
 * for them, forces those that are late, and counts as abandoned what still runs at the bound.
 */
public final class TaskScope implements TaskLedger {
  private static final Logger LOG = LoggerFactory.getLogger(TaskScope.class);

  enum Ending {
    FINISHED,
    FAILED,
    CANCELLED
  }

  private final String owner;
  private final Clock clock;
  private final List<Watched> watched = new CopyOnWriteArrayList<>();
  private final AtomicLong lateCallbacks = new AtomicLong();

  private final Object lock = new Object();
  private final Set<Task> live = new LinkedHashSet<>();
  private final List<Task> abandoned = new ArrayList<>();
  private long started;
  private long finished;
  private long failed;
  private long cancelled;
  private boolean closing;
  private CloseReport close;

  /** A scope that belongs to a component. */
  public TaskScope(String owner, Clock clock) {
    this.owner = owner;
    this.clock = clock;
  }

  /**
   * Enters a task that runs elsewhere; its holder says when it ends.
   *
   * @param stop asks it to stop, without waiting
   * @param force ends it by other means if it is late
   * @throws RejectedExecutionException if the scope is closed or being closed
   */
  public Task enter(String kind, String name, Runnable stop, Runnable force) {
    Task task = new Task(this, kind, name, clock.nanos(), stop, force);
    synchronized (lock) {
      if (closing) {
        throw new RejectedExecutionException(owner + " is closed: " + task + " not started");
      }
      live.add(task);
      started++;
    }
    return task;
  }

  /**
   * Starts a daemon thread that runs the body until it returns. The scope interrupts it to stop it.
   */
  public Thread thread(String name, Runnable body) {
    return new OwnedThread(this, name, body).launch();
  }

  /**
   * Starts a single-threaded scheduler whose thread has the scheduler's name, and watches its
   * heartbeat. What is scheduled on it ends with it.
   */
  public ScheduledExecutorService scheduler(String name) {
    OwnedScheduler scheduler = new OwnedScheduler(this, name);
    watch(name, scheduler);
    return scheduler;
  }

  /** Watches the heartbeat of an executor: {@link #pulse()} probes it. */
  public void watch(String name, Executor executor) {
    watched.add(new Watched(new Pulse(name, clock), executor));
  }

  /** A heartbeat that a loop gives by itself. */
  public Pulse pulseOf(String name) {
    Pulse pulse = new Pulse(name, clock);
    // First, because a loop that has ended may be why the executors it probes look dead.
    watched.add(0, new Watched(pulse, null));
    return pulse;
  }

  /** Stops watching a heartbeat whose executor or loop has ended as it should. */
  public void unwatch(String name) {
    watched.removeIf(entry -> entry.pulse().name().equals(name));
  }

  /** Probes every watched executor. A loop that is independent of them calls this regularly. */
  public void pulse() {
    for (Watched entry : watched) {
      entry.probe();
    }
  }

  /** Whether the scope is closed or being closed: a callback that finds it so must do nothing. */
  public boolean isClosing() {
    synchronized (lock) {
      return closing;
    }
  }

  /**
   * Says that a callback has come in. Returns whether it may do its work; one that comes after the
   * close has ended is counted and reported, because nothing of ours should run by then.
   */
  public boolean admits(String callback) {
    synchronized (lock) {
      if (!closing) {
        return true;
      }
      if (close == null) {
        return false;
      }
    }
    lateCallbacks.incrementAndGet();
    LOG.warn("{}: {} called after the close had ended", owner, callback);
    return false;
  }

  /**
   * Ends all tasks. The first call does so; later ones return its report.
   *
   * @param bound how long it may take; half of it is left for tasks that must be forced
   */
  public CloseReport close(Duration bound) {
    List<Task> toStop;
    synchronized (lock) {
      if (closing) {
        return awaitOtherClose();
      }
      closing = true;
      toStop = new ArrayList<>(live);
    }
    Instant at = clock.now();
    long begin = System.nanoTime();
    Collections.reverse(toStop);
    toStop.forEach(task -> quietly(task, "stop", task::stop));
    List<Task> late = awaitAll(toStop, begin + bound.toNanos() / 2);
    late.forEach(task -> quietly(task, "force", task::force));
    // A margin, so that the report is out before the bound.
    List<Task> lost = awaitAll(late, begin + bound.toNanos() * 9 / 10);
    watched.clear();
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    CloseReport report =
        new CloseReport(
            at, took, bound, toStop.size() - late.size(), late.size() - lost.size(), lost.size());
    synchronized (lock) {
      for (Task task : lost) {
        if (live.remove(task)) {
          abandoned.add(task);
        }
      }
      close = report;
      lock.notifyAll();
    }
    if (lost.isEmpty()) {
      LOG.debug("{} closed in {} ms", owner, took.toMillis());
    } else {
      LOG.error(
          "{}: {} still run {} ms after they were told to stop", owner, lost, took.toMillis());
    }
    return report;
  }

  @Override
  public LedgerStatus status() {
    long now = clock.nanos();
    List<Heartbeat> beats = watched.stream().map(entry -> entry.pulse().reading()).toList();
    synchronized (lock) {
      return new LedgerStatus(
          owner,
          started,
          finished,
          cancelled,
          failed,
          infos(live, now),
          infos(abandoned, now),
          beats,
          close,
          lateCallbacks.get());
    }
  }

  void ended(Task task, Ending ending) {
    synchronized (lock) {
      if (!live.remove(task) && !abandoned.remove(task)) {
        return;
      }
      // What ends while the scope closes has been told to, whatever it says itself.
      if (ending == Ending.CANCELLED || (closing && ending == Ending.FINISHED)) {
        cancelled++;
      } else {
        finished++;
        failed += ending == Ending.FAILED ? 1 : 0;
      }
    }
  }

  private CloseReport awaitOtherClose() {
    boolean interrupted = false;
    synchronized (lock) {
      while (close == null) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return close;
    }
  }

  /** Waits until a time for tasks to end, and returns those that have not. */
  private static List<Task> awaitAll(List<Task> tasks, long untilNanos) {
    boolean interrupted = false;
    List<Task> late = new ArrayList<>();
    for (Task task : tasks) {
      try {
        if (!task.awaitEnd(interrupted ? 0 : untilNanos - System.nanoTime())) {
          late.add(task);
        }
      } catch (InterruptedException e) {
        // The closer is in a hurry: no more waiting, but every task is still asked and counted.
        interrupted = true;
        if (!task.hasEnded()) {
          late.add(task);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return late;
  }

  private void quietly(Task task, String what, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.warn("{}: could not {} {}", owner, what, task, e);
    }
  }

  private static List<TaskInfo> infos(Iterable<Task> tasks, long now) {
    List<TaskInfo> infos = new ArrayList<>();
    tasks.forEach(task -> infos.add(task.info(now)));
    return infos;
  }

  /** A heartbeat, and the executor that gives it; a loop (no executor) gives its own. */
  private record Watched(Pulse pulse, Executor executor, AtomicBoolean probing) {
    Watched(Pulse pulse, Executor executor) {
      this(pulse, executor, new AtomicBoolean());
    }

    /** One probe at a time, so that none pile up on an executor that is stuck. */
    void probe() {
      if (executor == null || !probing.compareAndSet(false, true)) {
        return;
      }
      try {
        executor.execute(
            () -> {
              pulse.beat();
              probing.set(false);
            });
      } catch (RejectedExecutionException e) {
        LOG.debug("{} takes no more work", pulse.name());
        probing.set(false);
      }
    }
  }
}
