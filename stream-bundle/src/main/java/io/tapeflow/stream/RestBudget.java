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
  private final Pause pause;

  private long reportedWeight;
  private long reportedNanos;
  private boolean reported;

  /** Creates it; a pause that is not over goes on. */
  RestBudget(String host, Clock clock, KeptPauses pauses) {
    this.host = host;
    this.clock = clock;
    this.pauses = pauses;
    this.pause = new Pause(clock);
    KeptPauses.Pause kept = pauses.of(host);
    if (kept != null && kept.until().isAfter(clock.now())) {
      Duration left = Duration.between(clock.now(), kept.until());
      pause.begin(left, reason(kept.status()));
      tell(left, kept.status());
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
    long paused = pauseNanos();
    if (paused > 0) {
      return paused;
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
    boolean paused = pauseNanos() > 0;
    if (!pause.begin(time, reason(status))) {
      return;
    }
    pauses.keep(host, new KeptPauses.Pause(clock.now().plus(time), status));
    if (!paused) {
      tell(time, status);
    }
  }

  private void tell(Duration time, int status) {
    LOG.warn("{}: it is asked nothing by REST for {} s", reason(status), time.toSeconds());
  }

  private String reason(int status) {
    return host + " answered HTTP status " + status;
  }

  /** For how many nanoseconds the venue must still be left alone; 0 if it may be asked. */
  long pauseNanos() {
    return pause.leftNanos();
  }

  /** Why nothing may be asked, or why not yet, in words. */
  synchronized String reason(Limits limits) {
    String wish = pause.reason();
    if (!wish.isEmpty()) {
      return wish;
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
