package io.tapeflow.tasks;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon thread whose end is entered in its scope, also if it ends by an exception. */
final class OwnedThread {
  private static final Logger LOG = LoggerFactory.getLogger(OwnedThread.class);

  private final Thread thread;
  private final Task task;
  private final Runnable body;

  OwnedThread(TaskScope scope, String name, Runnable body) {
    this.body = body;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
    this.task = scope.enter("thread", name, thread::interrupt, thread::interrupt);
  }

  Thread launch() {
    thread.start();
    return thread;
  }

  @SuppressWarnings("CatchAndPrintStackTrace")
  private void run() {
    try {
      body.run();
      task.finished();
    } catch (Throwable t) {
      LOG.error("Thread {} died", thread.getName(), t);
      task.failed();
    }
  }
}
