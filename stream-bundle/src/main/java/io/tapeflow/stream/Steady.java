package io.tapeflow.stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that is done again and again: a fault in it costs this one time, not all later ones. The
 * first fault is told; a task done many times a second would fill the log with the same.
 */
final class Steady implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Steady.class);

  private final String name;
  private final Runnable task;
  private boolean told;

  Steady(String name, Runnable task) {
    this.name = name;
    this.task = task;
  }

  @Override
  public void run() {
    try {
      task.run();
    } catch (RuntimeException e) {
      if (!told) {
        told = true;
        LOG.error("{} failed; it goes on, and further faults are not told", name, e);
      }
    }
  }
}
