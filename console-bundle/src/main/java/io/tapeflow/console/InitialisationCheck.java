package io.tapeflow.console;

import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StateChange;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Check 2: no instrument is carried twice, and no stream holds two sockets. */
final class InitialisationCheck implements Check {
  /** How long a socket that was replaced may take to close. */
  private static final Duration CLOSING = Duration.ofSeconds(2);

  @Override
  public int id() {
    return 2;
  }

  @Override
  public String name() {
    return "Initialises once";
  }

  @Override
  public void examine(Observation seen, Findings findings) {
    if (seen.streams().isEmpty()) {
      findings.undecided(Cause.NOT_STARTED, "There is no stream.");
      return;
    }
    Map<String, List<StreamStatus>> carriers = new TreeMap<>();
    for (StreamStatus stream : seen.streams()) {
      examine(stream, seen.at(), findings);
      for (InstrumentStatus instrument : stream.instruments()) {
        if (carries(stream, instrument)) {
          carriers
              .computeIfAbsent(instrument.instrument().key(), key -> new ArrayList<>())
              .add(stream);
        }
      }
    }
    carriers.forEach(
        (key, streams) -> {
          if (streams.size() > 1) {
            findings.fail(
                Cause.STARTED_TWICE,
                "%s is carried by %d streams at once: %s."
                    .formatted(
                        key,
                        streams.size(),
                        String.join(", ", streams.stream().map(StreamStatus::id).toList())));
          }
        });
  }

  private static void examine(StreamStatus stream, Instant at, Findings findings) {
    String label = StreamFacts.label(stream);
    if (stream.openSockets() > (isRollingOver(stream, at) ? 2 : 1)) {
      findings.fail(
          Cause.STARTED_TWICE,
          "%s holds %d sockets, where one is allowed.".formatted(label, stream.openSockets()));
    } else if (stream.attempts().started() == 0) {
      findings.note("%s has not tried to connect.".formatted(label));
    } else {
      findings.pass(
          "%s holds %d sockets, after %d attempts; it carries %d instruments."
              .formatted(
                  label,
                  stream.openSockets(),
                  stream.attempts().started(),
                  StreamFacts.own(stream).size()));
    }
    stream.instruments().stream()
        .filter(instrument -> instrument.state() == InstrumentState.CLAIMED_ELSEWHERE)
        .forEach(
            instrument ->
                findings.note(
                    "%s leaves %s to another stream."
                        .formatted(label, instrument.instrument().key())));
  }

  /**
   * A planned rollover holds two: while the second is being made, and until the first is closed.
   */
  private static boolean isRollingOver(StreamStatus stream, Instant at) {
    List<StateChange> timeline = stream.timeline();
    boolean justNow =
        !timeline.isEmpty()
            && Duration.between(timeline.get(timeline.size() - 1).at(), at).compareTo(CLOSING) < 0;
    return stream.state() == StreamState.LIVE
        && (stream.attempts().open() > 0 || (justNow && stream.connections() > 1));
  }

  private static boolean carries(StreamStatus stream, InstrumentStatus instrument) {
    return instrument.state() != InstrumentState.CLAIMED_ELSEWHERE
        && (instrument.generation() > 0 || stream.state() == StreamState.CONNECTING);
  }
}
