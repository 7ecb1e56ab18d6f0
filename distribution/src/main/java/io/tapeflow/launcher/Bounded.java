package io.tapeflow.launcher;

import java.time.Duration;

/** Runs what may hang. */
final class Bounded {
  private Bounded() {}

  /** Runs an action on a thread of its own; whether it has ended within the bound. */
  static boolean run(String name, Duration bound, Runnable action) {
    Thread thread = new Thread(action, name);
    thread.setDaemon(true);
    thread.start();
    return join(thread, bound);
  }

  /** Waits for a thread; whether it has ended within the bound. */
  static boolean join(Thread thread, Duration bound) {
    try {
      thread.join(Math.max(1, bound.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
