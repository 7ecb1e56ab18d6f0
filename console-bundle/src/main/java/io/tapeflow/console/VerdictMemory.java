package io.tapeflow.console;

import io.tapeflow.api.verification.CheckStatus;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers when each check's verdict last changed, as far as reports were made. */
final class VerdictMemory {
  private static final int KEPT = 20;

  private final Map<Integer, Deque<Change>> changes = new HashMap<>();

  private record Change(Instant at, CheckStatus status) {}

  /** Enters a verdict and returns the changes up to it, oldest first; the last one is its own. */
  synchronized List<Event> enter(int check, CheckStatus status, Instant at) {
    Deque<Change> known = changes.computeIfAbsent(check, id -> new ArrayDeque<>());
    if (known.isEmpty() || known.getLast().status() != status) {
      known.addLast(new Change(at, status));
      if (known.size() > KEPT) {
        known.removeFirst();
      }
    }
    return known.stream()
        .map(change -> new Event(change.at(), "verdict " + change.status()))
        .toList();
  }
}
