package io.tapeflow.metrics;

import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whose turn it is to touch the calculators of one instrument: the writer's, who feeds them, or a
 * reader's. A reader gives way to a writer that waits; only one that has done so for long queues
 * up, so that it gets its turn also when the writer never rests.
 */
final class Turn {
  private static final int PATIENCE = 50;
  private static final long PAUSE_NANOS = 20_000;

  private final ReentrantLock lock = new ReentrantLock();
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
}
