package io.tapeflow.console;

import java.time.Duration;
import java.util.List;

/** Check 3: what was stopped ended within its bound, and nothing of it ran afterwards. */
final class ShutdownCheck implements Check {
  private static final int SHOWN = 20;

  /** A ledger should go after the close; this long, a report that is late is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public int id() {
    return 3;
  }

  @Override
  public String name() {
    return "Tasks complete on shutdown";
  }

  @Override
  public void examine(Observation seen, Findings findings) {
    ClosedScopes closed = seen.closed();
    if (closed.count() == 0) {
      findings.undecided("Nothing has been stopped since the console was started.");
      return;
    }
    if (closed.olderBroken() > 0) {
      findings.fail(
          Cause.NOT_ENDED,
          "%d of %d older closes were not clean; they abandoned %d tasks."
              .formatted(closed.olderBroken(), closed.older(), closed.olderAbandoned()));
    }
    long kept = closed.older() - closed.olderBroken();
    Duration longest = Duration.ZERO;
    for (ClosedScope scope : closed.latest()) {
      if (scope.kept()) {
        kept++;
        Duration took = scope.account().close().took();
        longest = took.compareTo(longest) > 0 ? took : longest;
      } else if (!scope.reported()
          && Duration.between(scope.goneAt(), seen.at()).compareTo(PATIENCE) < 0) {
        findings.undecided(scope.line() + '.');
      } else {
        findings.fail(Cause.NOT_ENDED, scope.line() + '.');
      }
    }
    if (kept > 0) {
      findings.pass(
          "%d of %d closes kept their bound, the longest in %d ms; no callback came afterwards."
              .formatted(kept, closed.count(), longest.toMillis()));
    }
  }

  @Override
  public List<Event> events(Observation seen) {
    List<ClosedScope> latest = seen.closed().latest();
    return latest.subList(Math.max(0, latest.size() - SHOWN), latest.size()).stream()
        .map(scope -> new Event(scope.goneAt(), scope.line()))
        .toList();
  }
}
