package io.tapeflow.stream;

import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Time that passes when a test says so, and a scheduler that lives by it. For one thread. */
final class ManualTime extends AbstractExecutorService implements Clock, ScheduledExecutorService {
  private static final long WALL_START_MICROS = 1_700_000_000_000_000L;

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(
          Comparator.comparingLong((Due due) -> due.atNanos).thenComparing(d -> d.order));
  // An origin of its own, as monotonic clocks have, and one that overflows soon.
  private long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(100);
  private final long originNanos = nanos;
  private long elapsedNanos;
  private long wallJumpMicros;
  private long orders;

  /** Lets time pass, and runs what falls due at its time. */
  void pass(Duration time) {
    long until = elapsedNanos + time.toNanos();
    while (!queue.isEmpty() && queue.peek().atNanos <= until) {
      Due due = queue.poll();
      elapsedNanos = Math.max(elapsedNanos, due.atNanos);
      due.run();
    }
    elapsedNanos = until;
  }

  /** Sets the wall clock. */
  void jump(Duration by) {
    wallJumpMicros += by.toNanos() / 1_000;
  }

  Duration elapsed() {
    return Duration.ofNanos(elapsedNanos);
  }

  @Override
  public long nanos() {
    return originNanos + elapsedNanos;
  }

  @Override
  public long wallMicros() {
    return WALL_START_MICROS + wallJumpMicros + elapsedNanos / 1_000;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    Due due = new Due(command, elapsedNanos + unit.toNanos(Math.max(0, delay)), orders++);
    queue.add(due);
    return due;
  }

  @Override
  public void execute(Runnable command) {
    command.run();
  }

  private static final class Due extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final long atNanos;
    private final long order;

    Due(Runnable command, long atNanos, long order) {
      super(command, null);
      this.atNanos = atNanos;
      this.order = order;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Delayed other) {
      throw new UnsupportedOperationException();
    }
  }

  // ---- of no use here ----

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
