package io.tapeflow.stream;

import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.Pulse;
import io.tapeflow.tasks.TaskScope;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that shares nothing with what it guards, so that its verdicts come even if all else is
 * stuck. It also probes the heartbeats of its scope. It ends when it is stopped, or with its scope;
 * an interrupt by anybody else is no reason to end.
 */
final class Watchdog {
  private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long PULSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final TaskScope scope;
  private final Clock clock;
  private final Runnable judge;
  private volatile boolean stopped;

  /**
   * Creates one.
   *
   * @param judge run many times a second; must not block
   */
  Watchdog(TaskScope scope, Clock clock, Runnable judge) {
    this.scope = scope;
    this.clock = clock;
    this.judge = new Steady("the watchdog", judge);
  }

  void start(String name) {
    scope.thread(name, this::watch);
  }

  void stop() {
    stopped = true;
  }

  private void watch() {
    Pulse pulse = scope.pulseOf(Thread.currentThread().getName());
    long nextPulse = clock.nanos();
    while (!stopped) {
      long now = clock.nanos();
      pulse.beat();
      if (now - nextPulse >= 0) {
        scope.pulse();
        nextPulse = now + PULSE_NANOS;
      }
      judge.run();
      LockSupport.parkNanos(WATCH_NANOS);
      if (Thread.interrupted() && scope.isClosing()) {
        return;
      }
    }
  }
}
