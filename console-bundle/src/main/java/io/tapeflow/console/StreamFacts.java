package io.tapeflow.console;

import io.tapeflow.api.stream.ErrorKind;
import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StateChange;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.task.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What follows from a stream's status, for the checks that share it. */
final class StreamFacts {
  private StreamFacts() {}

  static String label(StreamStatus stream) {
    return stream.venue() + " (" + stream.id() + ")";
  }

  /** The instruments that are this stream's own affair. */
  static List<InstrumentStatus> own(StreamStatus stream) {
    return stream.instruments().stream()
        .filter(instrument -> instrument.state() != InstrumentState.CLAIMED_ELSEWHERE)
        .toList();
  }

  /** Whether it has instruments, but every one is another stream's affair. */
  static boolean leavesAllToOthers(StreamStatus stream) {
    return !stream.instruments().isEmpty() && own(stream).isEmpty();
  }

  /** The {@code venue:symbol} of all instruments that a stream has as its own. */
  static SortedSet<String> keys(List<StreamStatus> streams) {
    SortedSet<String> keys = new TreeSet<>();
    for (StreamStatus stream : streams) {
      own(stream).forEach(instrument -> keys.add(instrument.instrument().key()));
    }
    return keys;
  }

  /** The last event of its timeline that happened while it was live and stayed so. */
  static Optional<StateChange> lastIncident(StreamStatus stream) {
    List<StateChange> timeline = stream.timeline();
    for (int i = timeline.size() - 1; i > 0; i--) {
      if (timeline.get(i).state() == StreamState.LIVE
          && timeline.get(i - 1).state() == StreamState.LIVE) {
        return Optional.of(timeline.get(i));
      }
    }
    return Optional.empty();
  }

  /** Whether the configuration keeps it from running. */
  static boolean refused(StreamStatus stream) {
    return stream.state() != StreamState.LIVE
        && stream.lastError() != null
        && stream.lastError().kind() == ErrorKind.CONFIGURATION;
  }

  /**
   * Whether its watchdog has let a moment pass at which something had to happen: an attempt without
   * a verdict a tenth after its deadline, or a retry that is not made.
   */
  static boolean overdue(StreamStatus stream, Instant at) {
    return switch (stream.state()) {
      case CONNECTING ->
          Duration.between(stream.since(), at)
                  .compareTo(stream.deadline().multipliedBy(11).dividedBy(10))
              > 0;
      case BACKING_OFF ->
          stream.nextRetryAt() != null && at.isAfter(stream.nextRetryAt().plus(Heartbeat.LIMIT));
      default -> false;
    };
  }

  /** Whether nothing can be said yet, because the first attempt has not come to its end. */
  static boolean undecided(StreamStatus stream, Instant at) {
    return stream.connections() == 0
        && stream.attempts().failed() == 0
        && !refused(stream)
        && !overdue(stream, at);
  }
}
