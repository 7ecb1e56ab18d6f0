package io.tapeflow.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A limit over time that all connectors of the process share. Who wants to use some of it stands in
 * line, and is let through as soon as the window has room for it and for all who stand ahead. Safe
 * for any thread; nobody is made to wait in it.
 */
final class Budget {
  private final UsageWindow usage = new UsageWindow();
  private final List<Ticket> line = new ArrayList<>();

  /** How much may be used within any window of a length. */
  record Limit(long amount, Duration window) {
    long windowNanos() {
      return window.toNanos();
    }
  }

  /** A place in the line. */
  static final class Ticket {
    private final int precedence;
    private final long weight;

    private Ticket(int precedence, long weight) {
      this.precedence = precedence;
      this.weight = weight;
    }
  }

  /**
   * Joins the line, behind all who were there and are not of a lower precedence.
   *
   * @param precedence the lower number goes first
   */
  synchronized Ticket join(int precedence, long weight) {
    int place = line.size();
    while (place > 0 && line.get(place - 1).precedence > precedence) {
      place--;
    }
    Ticket ticket = new Ticket(precedence, weight);
    line.add(place, ticket);
    return ticket;
  }

  /** Leaves the line without having used anything. */
  synchronized void leave(Ticket ticket) {
    line.remove(ticket);
  }

  /**
   * Uses what a ticket asks for, if there is room; the ticket is then spent.
   *
   * @return 0 if it was used, else after how many nanoseconds to ask again
   */
  synchronized long take(Ticket ticket, Limit limit, long now) {
    long ahead = 0;
    int place = 0;
    while (line.get(place) != ticket) {
      ahead += line.get(place++).weight;
    }
    long wait = untilRoom(ahead, ahead + ticket.weight, limit, now);
    if (wait == 0) {
      line.remove(place);
      usage.use(ticket.weight, now);
    }
    return wait;
  }

  /** What was used within the window that ends now. */
  synchronized long used(Duration window, long now) {
    return usage.used(now, window.toNanos());
  }

  private long untilRoom(long ahead, long wanted, Limit limit, long now) {
    if (wanted <= limit.amount) {
      return usage.untilAtMost(limit.amount - wanted, now, limit.windowNanos());
    }
    if (ahead > 0) {
      // Not within the window that those ahead will use.
      return limit.windowNanos();
    }
    // One that is larger than the limit goes alone, rather than never.
    return usage.untilAtMost(0, now, limit.windowNanos());
  }
}
