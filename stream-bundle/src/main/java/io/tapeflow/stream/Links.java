package io.tapeflow.stream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All connections of one connector that hold a socket: the one in use, one that is to replace it,
 * and those that are being closed. The control thread makes them; any thread may count or end them.
 */
final class Links {
  private final Link.Kit kit;
  private final ConnectionLog log;
  private final Link.Owner owner;
  private final List<Link> links = new CopyOnWriteArrayList<>();
  private long generation;

  Links(Link.Kit kit, ConnectionLog log, Link.Owner owner) {
    this.kit = kit;
    this.log = log;
    this.owner = owner;
  }

  /** Makes one that has yet to be opened, to be connected within a time. */
  Link make(Duration timeout) {
    links.removeIf(old -> old.attempt().isReleased());
    Link made = new Link(++generation, kit.clock().nanos() + timeout.toNanos(), kit, owner);
    links.add(made);
    return made;
  }

  int openSockets() {
    return links.stream().mapToInt(open -> open.attempt().openSockets()).sum();
  }

  /** Ends one at once, if there is one. */
  void giveUp(Link given) {
    if (given != null) {
      cancel(given.attempt());
      given.attempt().release();
    }
  }

  /** Ends all of them, with a close frame and a little time for the answer. */
  void close(long politeNanos) {
    long until = System.nanoTime() + politeNanos;
    for (Link open : links) {
      cancel(open.attempt());
      open.attempt().sayGoodbye();
    }
    for (Link open : links) {
      open.attempt().awaitGoodbye(until - System.nanoTime());
      open.attempt().release();
    }
  }

  private void cancel(Attempt attempt) {
    if (attempt.settle(Attempt.Outcome.CANCELLED)) {
      log.attemptCancelled();
    }
  }
}
