package io.tapeflow.console;

import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Check 4: every attempt comes to a verdict within its deadline, and the last one to data. */
final class ConnectionCheck implements Check {
  /** One of the two clocks is wrong then. */
  private static final Duration LARGE_SKEW = Duration.ofSeconds(1);

  @Override
  public int id() {
    return 4;
  }

  @Override
  public String name() {
    return "Connection completes";
  }

  @Override
  public void examine(Observation seen, Findings findings) {
    if (seen.streams().isEmpty()) {
      findings.undecided(
          Cause.NOT_STARTED,
          seen.delivery()
              ? "There is no stream: nothing is configured under the PID io.tapeflow.stream."
              : "There is no stream: the stream bundle is not active.");
    }
    for (StreamStatus stream : seen.streams()) {
      examineAccount(stream, findings);
      examineState(stream, seen.at(), findings);
      tellMore(stream, findings);
    }
  }

  /** What is over, or does no harm by itself, and explains what was or will be seen. */
  private static void tellMore(StreamStatus stream, Findings findings) {
    String label = StreamFacts.label(stream);
    if (stream.state() == StreamState.LIVE && stream.lastError() != null) {
      findings.note("%s: the last fault was %s.".formatted(label, Words.error(stream.lastError())));
    }
    StreamFacts.lastIncident(stream)
        .ifPresent(
            it ->
                findings.note(
                    "%s: at %s, without an interruption: %s."
                        .formatted(label, Words.time(it.at()), Words.clause(it.detail()))));
    stream.budgets().stream()
        .filter(budget -> budget.waitingUntil() != null)
        .forEach(budget -> findings.note("%s waits %s.".formatted(label, Words.waiting(budget))));
    if (stream.clock() != null && stream.clock().skew().abs().compareTo(LARGE_SKEW) >= 0) {
      Duration skew = stream.clock().skew();
      findings.note(
          "%s: the venue's clock is %s %s ours, measured at %s; latencies are corrected by that."
              .formatted(
                  label,
                  Words.seconds(skew.abs()),
                  skew.isNegative() ? "behind" : "ahead of",
                  Words.time(stream.clock().measuredAt())));
    }
  }

  private static void examineAccount(StreamStatus stream, Findings findings) {
    StreamStatus.Attempts attempts = stream.attempts();
    if (attempts.open() < 0 || attempts.open() > 1) {
      findings.fail(
          Cause.INTERNAL,
          "%s: of %d attempts %d connected, %d failed and %d were cancelled, which leaves %d open."
              .formatted(
                  StreamFacts.label(stream),
                  attempts.started(),
                  attempts.connected(),
                  attempts.failed(),
                  attempts.cancelled(),
                  attempts.open()));
    }
  }

  private static void examineState(StreamStatus stream, Instant at, Findings findings) {
    String label = StreamFacts.label(stream);
    if (StreamFacts.leavesAllToOthers(stream)) {
      findings.note("%s has nothing to do: others carry its instruments.".formatted(label));
      return;
    }
    if (StreamFacts.refused(stream)) {
      findings.fail(
          Cause.CONFIGURATION,
          "%s does not connect: %s.".formatted(label, Words.clause(stream.lastError().message())));
      return;
    }
    if (stream.instruments().isEmpty()) {
      findings.note("%s has no instruments.".formatted(label));
      return;
    }
    switch (stream.state()) {
      case LIVE ->
          findings.pass(
              "%s is live since %s, to %s; %d of %d attempts connected, %d failed."
                  .formatted(
                      label,
                      Words.time(stream.since()),
                      stream.endpoint(),
                      stream.attempts().connected(),
                      stream.attempts().started(),
                      stream.attempts().failed()));
      case CONNECTING -> examineAttempt(stream, label, at, findings);
      case BACKING_OFF -> {
        findings.fail(Cause.of(stream.lastError()), failure(stream, label));
        if (StreamFacts.overdue(stream, at)) {
          findings.fail(
              Cause.EXECUTOR_DEAD,
              "%s: the retry due at %s is %s late."
                  .formatted(
                      label,
                      Words.time(stream.nextRetryAt()),
                      Words.between(stream.nextRetryAt(), at)));
        }
      }
      case STALLED ->
          findings.fail(
              Cause.NO_DATA,
              "%s is connected but silent since %s: %s."
                  .formatted(label, Words.time(stream.since()), Words.error(stream.lastError())));
      case STOPPED -> findings.undecided(Cause.NOT_STARTED, "%s is not running.".formatted(label));
      case STOPPING -> findings.undecided("%s is being stopped.".formatted(label));
    }
  }

  private static void examineAttempt(
      StreamStatus stream, String label, Instant at, Findings findings) {
    Duration lasted = Duration.between(stream.since(), at);
    if (StreamFacts.overdue(stream, at)) {
      findings.fail(
          Cause.EXECUTOR_DEAD,
          "%s: attempt %d has no verdict after %s, though its deadline is %s; it is %s."
              .formatted(
                  label,
                  stream.attempt(),
                  Words.seconds(lasted),
                  Words.seconds(stream.deadline()),
                  stream.phase() == null ? "in no phase" : Words.phase(stream.phase())));
    } else if (stream.attempt() > 1 && stream.lastError() != null) {
      findings.fail(Cause.of(stream.lastError()), failure(stream, label));
    } else {
      findings.undecided(
          "%s: attempt %d is under way for %s of %s; it is %s."
              .formatted(
                  label,
                  stream.attempt(),
                  Words.seconds(lasted),
                  Words.seconds(stream.deadline()),
                  stream.phase() == null ? "in no phase yet" : Words.phase(stream.phase())));
    }
  }

  private static String failure(StreamStatus stream, String label) {
    return "%s is not live: %s; attempt %d, %d failed so far; %s."
        .formatted(
            label,
            Words.error(stream.lastError()),
            stream.attempt(),
            stream.attempts().failed(),
            stream.nextRetryAt() == null
                ? "a new one is under way"
                : "the next one is due at " + Words.time(stream.nextRetryAt()));
  }

  @Override
  public List<Event> events(Observation seen) {
    return seen.streams().stream()
        .flatMap(
            stream ->
                stream.timeline().stream()
                    .map(
                        change ->
                            new Event(
                                change.at(),
                                "%s %s %s"
                                    .formatted(stream.venue(), change.state(), change.detail())
                                    .strip())))
        .toList();
  }
}
