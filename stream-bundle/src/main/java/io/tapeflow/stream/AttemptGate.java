package io.tapeflow.stream;

import io.tapeflow.api.stream.BudgetStatus;
import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * One connector's way to the connection attempts to its address, of which all connectors of the
 * process together may make so many in a time. Safe for any thread.
 */
final class AttemptGate {
  private final String host;
  private final Budget attempts;
  private final Pause pause;
  private final Supplier<Limits> limits;
  private final Clock clock;
  private Budget.Ticket ticket;
  private Instant until;

  AttemptGate(HostBudgets budgets, Supplier<Limits> limits, Clock clock) {
    this.host = budgets.host();
    this.attempts = budgets.attempts();
    this.pause = budgets.pause();
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Asks for one attempt. Who is told to wait keeps a place in the line until let through or {@link
   * #leave}.
   *
   * @return zero if it may be made now, which is counted; else after how long to ask again
   */
  synchronized Duration ask() {
    long paused = pause.leftNanos();
    if (paused > 0) {
      return Duration.ofNanos(paused);
    }
    if (ticket == null) {
      ticket = attempts.join(0, 1);
    }
    long wait = attempts.take(ticket, limits.get().attempts(), clock.nanos());
    if (wait == 0) {
      ticket = null;
      until = null;
    } else {
      until = clock.now().plusNanos(wait);
    }
    return Duration.ofNanos(wait);
  }

  /** No attempt is wanted any more. */
  synchronized void leave() {
    if (ticket != null) {
      attempts.leave(ticket);
      ticket = null;
      until = null;
    }
  }

  /** The venue wants no attempts for a time. */
  void pause(Duration time, String why) {
    pause.begin(time, why);
  }

  /** For how long the venue wants none. */
  Duration paused() {
    return Duration.ofNanos(pause.leftNanos());
  }

  /** Why an attempt waits, in words. */
  String reason() {
    String wish = pause.reason();
    if (!wish.isEmpty()) {
      return wish;
    }
    Budget.Limit limit = limits.get().attempts();
    return "the %d attempts in %d s that this process may make to %s are used up"
        .formatted(limit.amount(), limit.window().toSeconds(), host);
  }

  synchronized BudgetStatus status() {
    Budget.Limit limit = limits.get().attempts();
    Duration paused = paused();
    Instant next = paused.isZero() ? until : clock.now().plus(paused);
    return new BudgetStatus(
        "connection attempts",
        host,
        attempts.used(limit.window(), clock.nanos()),
        limit.amount(),
        limit.window(),
        next,
        next == null ? "" : "the next attempt waits: " + reason());
  }
}
