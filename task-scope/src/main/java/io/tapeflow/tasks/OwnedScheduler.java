package io.tapeflow.tasks;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A single-threaded scheduler whose end is entered in its scope, and which hides no exception. */
final class OwnedScheduler extends ScheduledThreadPoolExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(OwnedScheduler.class);

  private final String name;
  private final Task task;

  OwnedScheduler(TaskScope scope, String name) {
    super(1, body -> daemon(name, body));
    this.name = name;
    setRemoveOnCancelPolicy(true);
    this.task = scope.enter("executor", name, this::shutdownNow, this::shutdownNow);
  }

  @Override
  protected void afterExecute(Runnable body, Throwable thrown) {
    Throwable fault = thrown;
    if (fault == null && body instanceof Future<?> future && future.isDone()) {
      fault = faultOf(future);
    }
    if (fault != null) {
      LOG.error("A task of {} failed", name, fault);
    }
  }

  @Override
  protected void terminated() {
    task.finished();
  }

  private static Throwable faultOf(Future<?> future) {
    if (future.isCancelled()) {
      return null;
    }
    try {
      future.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static Thread daemon(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    return thread;
  }
}
