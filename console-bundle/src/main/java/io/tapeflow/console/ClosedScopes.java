package io.tapeflow.console;

import java.util.List;

/**
 * What has become of all scopes that were closed.
 *
 * @param latest the newest of them, oldest first
 * @param older number of those that are no longer listed
 * @param olderBroken those of the older ones that did not keep their promise
 * @param olderAbandoned tasks that the older ones abandoned
 */
record ClosedScopes(List<ClosedScope> latest, long older, long olderBroken, long olderAbandoned) {
  static final ClosedScopes NONE = new ClosedScopes(List.of(), 0, 0, 0);

  ClosedScopes {
    latest = List.copyOf(latest);
  }

  long count() {
    return older + latest.size();
  }

  long abandoned() {
    return olderAbandoned + latest.stream().mapToLong(ClosedScope::abandoned).sum();
  }

  /** For a person at the end: a line for each, and the sum of abandoned tasks as the last line. */
  String report() {
    StringBuilder text = new StringBuilder();
    if (count() == 0) {
      text.append("No component has been stopped.\n");
    }
    if (older > 0) {
      text.append(
          "%d older ones, %d of them not clean, are not listed.\n".formatted(older, olderBroken));
    }
    latest.forEach(scope -> text.append(scope.line()).append('\n'));
    return text.append("Abandoned tasks: ").append(abandoned()).toString();
  }
}
