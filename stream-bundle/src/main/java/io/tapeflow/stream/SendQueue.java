package io.tapeflow.stream;

import io.tapeflow.api.stream.BudgetStatus;
import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The requests that wait to be sent on one connection, because the venue permits so many messages a
 * second. Pongs count as well, but never wait: room for some is always left, and requests are
 * spread over the second, so that late ones do not arrive too close together. Safe for any thread.
 */
final class SendQueue {
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final int MOST_SPARE = 2;

  private final String connection;
  private final int limit;
  private final int spare;
  private final long spacingNanos;
  private final ScheduledExecutorService control;
  private final Consumer<String> sender;
  private final Clock clock;

  private final UsageWindow usage = new UsageWindow();
  private final Deque<String> frames = new ArrayDeque<>();
  private boolean sending;
  private boolean anySent;
  private long lastSentNanos;
  private Instant until;

  /**
   * Creates one.
   *
   * @param connection what the limit holds for, in words
   * @param limit messages in a second, pongs counted
   * @param control sends what had to wait
   * @param sender sends a text frame without blocking
   */
  SendQueue(
      String connection,
      int limit,
      ScheduledExecutorService control,
      Consumer<String> sender,
      Clock clock) {
    this.connection = connection;
    this.limit = limit;
    this.spare = Math.min(MOST_SPARE, (limit - 1) / 2);
    this.spacingNanos = WINDOW.toNanos() / (limit - spare) + 1;
    this.control = control;
    this.sender = sender;
    this.clock = clock;
  }

  /** Sends a text frame as soon as the limit permits, behind those that wait. */
  void send(String frame) {
    synchronized (this) {
      frames.addLast(frame);
      if (sending) {
        return;
      }
      sending = true;
    }
    pump();
  }

  /** A pong is sent now. */
  synchronized void pong() {
    usage.use(1, clock.nanos());
  }

  /** Forgets what waits; the connection has gone. */
  synchronized void clear() {
    frames.clear();
    until = null;
  }

  synchronized BudgetStatus status() {
    return new BudgetStatus(
        "messages",
        connection,
        usage.used(clock.nanos(), WINDOW.toNanos()),
        limit,
        WINDOW,
        until,
        until == null ? "" : frames.size() + " requests wait to be sent");
  }

  private void pump() {
    String frame;
    long wait;
    do {
      synchronized (this) {
        wait = untilNext(clock.nanos());
        frame = wait == 0 ? next() : null;
        sending = wait > 0 || frame != null;
        until = wait > 0 ? clock.now().plusNanos(wait) : null;
      }
      if (frame != null) {
        sender.accept(frame);
      }
    } while (frame != null);
    if (wait > 0) {
      try {
        control.schedule(this::pump, wait, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        clear();
      }
    }
  }

  private String next() {
    String frame = frames.pollFirst();
    if (frame != null) {
      usage.use(1, clock.nanos());
      anySent = true;
      lastSentNanos = clock.nanos();
    }
    return frame;
  }

  /** In how many nanoseconds the next request may be sent; 0 if now, or if there is none. */
  private long untilNext(long now) {
    if (frames.isEmpty()) {
      return 0;
    }
    long spaced = anySent ? lastSentNanos + spacingNanos - now : 0;
    long room = usage.untilAtMost(limit - 1L, now, WINDOW.toNanos());
    return Math.max(0, Math.max(spaced, room));
  }
}
