package io.tapeflow.stream;

import io.tapeflow.api.stream.ConnectionPhase;
import io.tapeflow.api.stream.ErrorKind;
import java.util.function.Supplier;

/**
 * The verdicts of the watchdog: which attempt is overdue, and which live connection has dried up.
 * They take effect at once; what follows from them is for the connector.
 */
final class Verdicts {
  private final ConnectionLog log;
  private final Supplier<StreamSettings> settings;
  private final Owner owner;

  /** The connector. Called on the watchdog's thread; must not block. */
  interface Owner {
    /** The connection in use is of no more use, or its attempt has failed. */
    void condemned(Link link);

    /** The connection that was to replace the one in use has failed. */
    void rolloverOverdue(Link link);
  }

  Verdicts(ConnectionLog log, Supplier<StreamSettings> settings, Owner owner) {
    this.log = log;
    this.settings = settings;
    this.owner = owner;
  }

  /** Judges the connection in use, or the attempt at one. */
  void judge(Link current, long now) {
    Attempt attempt = current.attempt();
    if (attempt.isOverdue(now)) {
      ConnectionPhase phase = attempt.phase();
      if (attempt.settle(Attempt.Outcome.FAILED)) {
        log.attemptFailed(new Faults(ErrorKind.TIMEOUT, current.overdue(phase, deadline())), phase);
        owner.condemned(current);
      }
    } else if (current.isLive()
        && now - current.idleSinceNanos() >= settings.get().idleTimeout().toNanos()
        && attempt.stall()) {
      String words = "no trade for " + settings.get().idleTimeout().toMillis() + " ms";
      log.lost(new Faults(ErrorKind.IDLE, words + current.quiet().evidence()));
      owner.condemned(current);
    }
  }

  /** Judges the connection that is to replace the one in use. */
  void judgeNext(Link next, long now) {
    Attempt attempt = next.attempt();
    ConnectionPhase phase = attempt.phase();
    if (attempt.isOverdue(now) && attempt.settle(Attempt.Outcome.FAILED)) {
      log.rolloverFailed(new Faults(ErrorKind.TIMEOUT, next.overdue(phase, deadline())), phase);
      owner.rolloverOverdue(next);
    }
  }

  private String deadline() {
    return " within " + settings.get().connectTimeout().toMillis() + " ms";
  }
}
