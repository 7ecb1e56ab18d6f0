package io.tapeflow.metrics;

import io.tapeflow.tasks.TaskScope;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;

/** Does one job after the other, on a thread that is there only while there are jobs. */
final class Background {
  private static final String THREAD = "tapeflow-metrics-rebuild";

  private final TaskScope scope;
  private final Queue<Runnable> jobs = new ArrayDeque<>();
  private boolean running;

  Background(TaskScope scope) {
    this.scope = scope;
  }

  /** Adds a job. None is done once the scope is closed. */
  synchronized void add(Runnable job) {
    jobs.add(job);
    if (!running) {
      try {
        scope.thread(THREAD, this::work);
        running = true;
      } catch (RejectedExecutionException e) {
        jobs.clear();
      }
    }
  }

  private void work() {
    for (Runnable job = next(); job != null; job = next()) {
      job.run();
    }
  }

  private synchronized Runnable next() {
    Runnable job = Thread.currentThread().isInterrupted() ? null : jobs.poll();
    running = job != null;
    return job;
  }
}
