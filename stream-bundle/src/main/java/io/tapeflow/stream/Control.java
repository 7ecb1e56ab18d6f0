package io.tapeflow.stream;

import io.tapeflow.tasks.TaskScope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The control thread of a connector: every decision is made on it, one after the other, and none
 * after the close. Safe for any thread.
 */
final class Control {
  private final TaskScope scope;
  private final ScheduledExecutorService thread;
  private volatile boolean closed;

  Control(TaskScope scope, String name) {
    this.scope = scope;
    this.thread = scope.scheduler(name);
  }

  /** For timers of classes that need no more than that. */
  ScheduledExecutorService timer() {
    return thread;
  }

  /** Makes a decision as soon as those before it have been made. */
  void decide(Runnable decision) {
    try {
      thread.execute(() -> unlessClosed(decision));
    } catch (RejectedExecutionException e) {
      scope.admits("a decision");
    }
  }

  /** Makes a decision after a while, unless it is cancelled before. */
  Future<?> later(Runnable decision, long nanos) {
    try {
      return thread.schedule(() -> unlessClosed(decision), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** Does something now and again and again, with so much time between. */
  void every(long millis, Runnable work) {
    thread.scheduleWithFixedDelay(() -> unlessClosed(work), millis, millis, TimeUnit.MILLISECONDS);
  }

  boolean isOpen() {
    return !closed;
  }

  /** No decision begins from now on; the scope ends the thread. */
  void close() {
    closed = true;
  }

  private void unlessClosed(Runnable decision) {
    if (!closed) {
      decision.run();
    }
  }
}
