package io.tapeflow.stream;

import io.tapeflow.tasks.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The REST weight of one address: what this process uses, what the venue says that all behind our
 * address have used, and whether it has told us to leave it alone. Safe for any thread.
 */
final class RestBudget {
  private static final Logger LOG = LoggerFactory.getLogger(RestBudget.class);

  private final String host;
  private final Clock clock;
  private final KeptPauses pauses;
  private final Budget own = new Budget();

  private long reportedWeight;
  private long reportedNanos;
  private boolean reported;
  private long pausedUntilNanos;

  /** The HTTP status that told us so; 0 if there is no pause. */
  private int pauseStatus;

  /** Creates it; a pause that is not over goes on. */
  RestBudget(String host, Clock clock, KeptPauses pauses) {
    this.host = host;
    this.clock = clock;
    this.pauses = pauses;
    KeptPauses.Pause kept = pauses.of(host);
    if (kept != null && kept.until().isAfter(clock.now())) {
      begin(Duration.between(clock.now(), kept.until()), kept.status());
    }
  }

  String host() {
    return host;
  }

  Budget.Ticket join(RestUse use, int weight) {
    return own.join(use.precedence(), weight);
  }

  void leave(Budget.Ticket ticket) {
    own.leave(ticket);
  }

  /**
   * Uses what a ticket asks for, if it may be used now.
   *
   * @return 0 if it was used, else after how many nanoseconds to ask again
   */
  synchronized long take(Budget.Ticket ticket, Limits limits) {
    long now = clock.nanos();
    long pause = pauseNanos();
    if (pause > 0) {
      return pause;
    }
    long others = untilOthersLeaveRoom(limits, now);
    return others > 0 ? others : own.take(ticket, limits.restOwn(), now);
  }

  /** The venue has said how much weight was used from our address within its present window. */
  synchronized void reported(long weight) {
    reported = true;
    reportedWeight = weight;
    reportedNanos = clock.nanos();
  }

  /** The venue has told us to leave it alone for a time; a shorter one does not end a longer. */
  synchronized void pause(Duration time, int status) {
    long until = clock.nanos() + time.toNanos();
    boolean paused = pauseNanos() > 0;
    if (paused && until - pausedUntilNanos <= 0) {
      return;
    }
    pauses.keep(host, new KeptPauses.Pause(clock.now().plus(time), status));
    if (paused) {
      pausedUntilNanos = until;
      pauseStatus = status;
    } else {
      begin(time, status);
    }
  }

  private void begin(Duration time, int status) {
    pausedUntilNanos = clock.nanos() + time.toNanos();
    pauseStatus = status;
    LOG.warn(
        "{} answered HTTP status {}: it is asked nothing by REST for {} s",
        host,
        status,
        time.toSeconds());
  }

  /** For how many nanoseconds the venue must still be left alone; 0 if it may be asked. */
  synchronized long pauseNanos() {
    long left = pausedUntilNanos - clock.nanos();
    if (left <= 0) {
      pauseStatus = 0;
    }
    return pauseStatus == 0 ? 0 : left;
  }

  /** Why nothing may be asked, or why not yet, in words. */
  synchronized String reason(Limits limits) {
    if (pauseNanos() > 0) {
      return host + " answered HTTP status " + pauseStatus;
    }
    if (untilOthersLeaveRoom(limits, clock.nanos()) > 0) {
      return host + " counts " + reportedWeight + " for this address";
    }
    return "our share is used up";
  }

  /** What this process has used within a window. */
  long used(Duration window) {
    return own.used(window, clock.nanos());
  }

  /** The venue's count holds until its window must have passed. */
  private long untilOthersLeaveRoom(Limits limits, long now) {
    long age = now - reportedNanos;
    Budget.Limit all = limits.restAll();
    if (!reported || age >= all.windowNanos()) {
      reported = false;
      return 0;
    }
    long since = own.used(Duration.ofNanos(age), now);
    return reportedWeight + since < all.amount() ? 0 : all.windowNanos() - age;
  }
}
