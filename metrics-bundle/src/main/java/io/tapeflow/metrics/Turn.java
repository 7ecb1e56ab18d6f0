package io.tapeflow.metrics;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Whose turn it is to touch the calculators of one instrument: the writer's, who feeds them, or a
 * reader's. A reader gives way to a writer that waits; only one that has done so for long queues
 * up, so that it gets its turn also when the writer never rests.
 */
final class Turn {
  private static final int PATIENCE = 50;
  private static final long PAUSE_NANOS = 20_000;
  private static final long LOOK_NANOS = 50_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private volatile boolean writerWaits;

  void takeToWrite() {
    if (!lock.tryLock()) {
      writerWaits = true;
      lock.lock();
      writerWaits = false;
    }
  }

  void takeToRead() {
    for (int i = 0; i < PATIENCE; i++) {
      if (!writerWaits && lock.tryLock()) {
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    lock.lock();
  }

  void end() {
    lock.unlock();
  }

  /** Wakes those who let others have their turns. In turn. */
  void tell() {
    news.signalAll();
  }

  /** Lets others have their turns until it is enough. In turn before and after. */
  void letOthersUntil(BooleanSupplier enough) throws InterruptedException {
    while (!enough.getAsBoolean()) {
      // Time may be what is waited for.
      news.awaitNanos(LOOK_NANOS);
    }
  }
}
