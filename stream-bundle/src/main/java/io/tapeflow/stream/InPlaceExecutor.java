package io.tapeflow.stream;

import java.util.concurrent.Executor;

/**
 * Has Jetty read, decode and call back on the thread that found out that there is something to
 * read: what that thread hands on, it does itself. To wake another one for each read costs several
 * times what the read does, and nothing that is called back here blocks.
 *
 * <p>What other threads hand on goes to the pool, the selector's own loop among it.
 */
final class InPlaceExecutor implements Executor {
  private final Executor pool;

  /** Set where a thread of the pool works for this executor. */
  private final ThreadLocal<Boolean> working = new ThreadLocal<>();

  InPlaceExecutor(Executor pool) {
    this.pool = pool;
  }

  @Override
  public void execute(Runnable task) {
    if (working.get() != null) {
      task.run();
    } else {
      pool.execute(() -> work(task));
    }
  }

  private void work(Runnable task) {
    working.set(true);
    try {
      task.run();
    } finally {
      working.remove();
    }
  }
}
