package io.tapeflow.tasks;

import io.tapeflow.api.task.TaskInfo;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One entry of a {@link TaskScope}: live until it says how it ended, which it does once. */
public final class Task {
  private final TaskScope scope;
  private final String kind;
  private final String name;
  private final long enteredNanos;
  private final Runnable stop;
  private final Runnable force;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final CountDownLatch done = new CountDownLatch(1);

  Task(TaskScope scope, String kind, String name, long nowNanos, Runnable stop, Runnable force) {
    this.scope = scope;
    this.kind = kind;
    this.name = name;
    this.enteredNanos = nowNanos;
    this.stop = stop;
    this.force = force;
  }

  /** It came to its own end. */
  public void finished() {
    end(TaskScope.Ending.FINISHED);
  }

  /** It ended by a fault. */
  public void failed() {
    end(TaskScope.Ending.FAILED);
  }

  /** It ended because it was told to. */
  public void cancelled() {
    end(TaskScope.Ending.CANCELLED);
  }

  void end(TaskScope.Ending ending) {
    if (ended.compareAndSet(false, true)) {
      scope.ended(this, ending);
      done.countDown();
    }
  }

  void stop() {
    stop.run();
  }

  void force() {
    force.run();
  }

  boolean awaitEnd(long nanos) throws InterruptedException {
    return done.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  boolean hasEnded() {
    return done.getCount() == 0;
  }

  TaskInfo info(long nowNanos) {
    return new TaskInfo(kind, name, Duration.ofNanos(nowNanos - enteredNanos));
  }

  @Override
  public String toString() {
    return kind + ' ' + name;
  }
}
