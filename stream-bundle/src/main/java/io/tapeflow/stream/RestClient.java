package io.tapeflow.stream;

import io.tapeflow.api.stream.BudgetStatus;
import io.tapeflow.api.venue.RestRequest;
import io.tapeflow.api.venue.VenueProtocol;
import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * One connector's way to ask its venue by REST, within the budget that it shares with all others: a
 * request waits for its turn, and no thread waits with it. Safe for any thread.
 */
final class RestClient {
  private static final int BANNED = 418;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY = 429;
  private static final Duration DEFAULT_PAUSE = Duration.ofMinutes(1);

  /** The shortest ban. */
  private static final Duration DEFAULT_BAN = Duration.ofMinutes(2);

  private final VenueProtocol protocol;
  private final Getter getter;
  private final RestBudget budget;
  private final Supplier<Limits> limits;
  private final ScheduledExecutorService control;
  private final Clock clock;

  private final Object lock = new Object();
  private final Set<Waiting> waiting = new LinkedHashSet<>();
  private boolean closed;

  /** Asks for an answer of any status. */
  @FunctionalInterface
  interface Getter {
    CompletableFuture<Transport.Answer> get(RestRequest request, Duration timeout);
  }

  /** A request that waits for its turn. */
  private static final class Waiting {
    final RestRequest request;
    final RestUse use;
    final Budget.Ticket ticket;
    final long patientUntilNanos;
    final CompletableFuture<Transport.Answer> answer = new CompletableFuture<>();
    Instant until;

    Waiting(RestRequest request, RestUse use, Budget.Ticket ticket, long patientUntilNanos) {
      this.request = request;
      this.use = use;
      this.ticket = ticket;
      this.patientUntilNanos = patientUntilNanos;
    }
  }

  /**
   * Creates one.
   *
   * @param limits the limits as they are configured now
   * @param control wakes the requests that wait
   */
  RestClient(
      VenueProtocol protocol,
      Getter getter,
      RestBudget budget,
      Supplier<Limits> limits,
      ScheduledExecutorService control,
      Clock clock) {
    this.protocol = protocol;
    this.getter = getter;
    this.budget = budget;
    this.limits = limits;
    this.control = control;
    this.clock = clock;
  }

  /**
   * Asks for an answer of any status, when it is this request's turn.
   *
   * @return fails with a {@link TimeoutException} if its turn did not come while it was of use,
   *     with a {@link CancellationException} if the connector is closed, and as the transport does
   */
  CompletableFuture<Transport.Answer> get(RestRequest request, RestUse use) {
    Waiting entry;
    synchronized (lock) {
      if (closed) {
        return CompletableFuture.failedFuture(new CancellationException("closed"));
      }
      entry =
          new Waiting(
              request,
              use,
              budget.join(use, request.weight()),
              clock.nanos() + use.patience().toNanos());
      waiting.add(entry);
    }
    tryTurn(entry);
    return entry.answer;
  }

  /** How far apart requests of a weight must be to go on for ever within our share. */
  long sustainableNanos(int weight) {
    Budget.Limit own = limits.get().restOwn();
    return own.windowNanos() * weight / own.amount();
  }

  /** For how long the venue must be left alone; zero if it may be asked. */
  Duration pause() {
    return Duration.ofNanos(budget.pauseNanos());
  }

  /** Why what is asked for must wait, in words; empty if nothing does. */
  String whyWaiting() {
    synchronized (lock) {
      if (waiting.stream().allMatch(entry -> entry.until == null)) {
        return "";
      }
    }
    return budget.reason(limits.get());
  }

  /** The budget, and what of this connector waits for it. */
  BudgetStatus status() {
    Limits now = limits.get();
    Waiting first;
    int others;
    synchronized (lock) {
      first = waiting.stream().filter(entry -> entry.until != null).findFirst().orElse(null);
      others = waiting.size() - 1;
    }
    long pause = budget.pauseNanos();
    Instant until = first == null ? null : first.until;
    String reason = "";
    if (pause > 0) {
      until = clock.now().plusNanos(pause);
      reason = budget.reason(now);
    }
    if (first != null) {
      reason =
          first.use.words()
              + (others > 0 ? " and " + others + " more" : "")
              + " must wait: "
              + budget.reason(now);
    }
    return new BudgetStatus(
        "REST weight",
        budget.host(),
        budget.used(now.restOwn().window()),
        now.restOwn().amount(),
        now.restOwn().window(),
        until,
        reason);
  }

  /** Gives up all requests that wait. */
  void close() {
    List<Waiting> left;
    synchronized (lock) {
      closed = true;
      left = new ArrayList<>(waiting);
      waiting.clear();
    }
    for (Waiting entry : left) {
      budget.leave(entry.ticket);
      entry.answer.completeExceptionally(new CancellationException("closed"));
    }
  }

  private void tryTurn(Waiting entry) {
    long wait;
    boolean expired;
    synchronized (lock) {
      if (!waiting.contains(entry)) {
        return;
      }
      wait = budget.take(entry.ticket, limits.get());
      // A pause does not get shorter, so there may be no point in waiting for its end.
      long end = clock.nanos() + budget.pauseNanos();
      expired = wait > 0 && end - entry.patientUntilNanos >= 0;
      if (wait == 0 || expired) {
        waiting.remove(entry);
      } else {
        entry.until = clock.now().plusNanos(wait);
      }
    }
    if (wait == 0) {
      send(entry);
    } else if (expired) {
      budget.leave(entry.ticket);
      entry.answer.completeExceptionally(
          new TimeoutException("its turn did not come: " + budget.reason(limits.get())));
    } else {
      long patience = Math.max(0, entry.patientUntilNanos - clock.nanos());
      later(entry, Math.min(wait, patience));
    }
  }

  private void later(Waiting entry, long nanos) {
    try {
      control.schedule(() -> tryTurn(entry), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      close();
    }
  }

  private void send(Waiting entry) {
    getter
        .get(entry.request, entry.use.timeout())
        .whenComplete(
            (answer, thrown) -> {
              if (thrown != null) {
                entry.answer.completeExceptionally(thrown);
              } else {
                try {
                  heed(answer);
                } finally {
                  entry.answer.complete(answer);
                }
              }
            });
  }

  /** Takes to heart what an answer says of the budget. */
  private void heed(Transport.Answer answer) {
    String header = protocol.usedWeightHeader();
    long used = header.isEmpty() ? -1 : answer.whole(header, -1);
    if (used >= 0) {
      budget.reported(used);
    }
    switch (answer.status()) {
      case TOO_MANY -> pause(answer, DEFAULT_PAUSE);
      case BANNED, FORBIDDEN -> pause(answer, DEFAULT_BAN);
      default -> {
        // It says nothing of the budget.
      }
    }
  }

  private void pause(Transport.Answer answer, Duration byDefault) {
    budget.pause(answer.retryAfter(byDefault), answer.status());
  }
}
