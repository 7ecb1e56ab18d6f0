package io.tapeflow.console;

import io.tapeflow.api.stream.FeedLatency;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.ListenerStatus;
import io.tapeflow.api.stream.StreamStatus;
import io.tapeflow.api.stream.VenueClock;
import io.tapeflow.api.task.Heartbeat;
import io.tapeflow.api.task.LedgerStatus;
import io.tapeflow.api.verification.SideVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What the command {@code status} returns. Its string is for a terminal.
 *
 * @param at when
 * @param streams in the order of their ids
 * @param listeners to whom trades are delivered
 * @param ledgers in the order of their owners
 * @param sides whether the aggressors' sides agree with prices, by instrument
 * @param faults what is wrong with families of metrics, a line each
 */
public record Status(
    Instant at,
    List<StreamStatus> streams,
    List<ListenerStatus> listeners,
    List<LedgerStatus> ledgers,
    List<SideVerdict> sides,
    List<String> faults) {

  /** Takes copies of the lists. */
  public Status {
    streams = List.copyOf(streams);
    listeners = List.copyOf(listeners);
    ledgers = List.copyOf(ledgers);
    sides = List.copyOf(sides);
    faults = List.copyOf(faults);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (streams.isEmpty()) {
      text.append("No stream is configured.\n");
    }
    streams.forEach(stream -> write(stream, text));
    text.append(listeners.isEmpty() ? "No listener receives trades.\n" : "Listeners\n");
    if (!listeners.isEmpty()) {
      text.append(listenerTable());
    }
    text.append(ledgers.isEmpty() ? "No component keeps a task ledger.\n" : "Tasks\n");
    if (!ledgers.isEmpty()) {
      text.append(ledgerTable());
    }
    if (!sides.isEmpty()) {
      text.append("Sides of the aggressors, by how prices move\n").append(sideTable());
    }
    faults.forEach(fault -> text.append("Metrics: ").append(fault).append('\n'));
    return text.toString();
  }

  private void write(StreamStatus stream, StringBuilder text) {
    text.append(
        "%s: %s, %s".formatted(stream.venue(), stream.state(), Words.state(stream.state())));
    if (stream.phase() != null) {
      text.append(", ").append(Words.phase(stream.phase()));
    }
    StreamStatus.Attempts attempts = stream.attempts();
    text.append(
        """

          since       %s (%s)
          stream      %s to %s, %d open sockets
          attempt     %d of at most %s each; %d started, %d connected, %d failed, %d cancelled
          last error  %s
          next retry  %s
        """
            .formatted(
                Words.time(stream.since()),
                Words.between(stream.since(), at),
                stream.id(),
                stream.endpoint(),
                stream.openSockets(),
                stream.attempt(),
                Words.seconds(stream.deadline()),
                attempts.started(),
                attempts.connected(),
                attempts.failed(),
                attempts.cancelled(),
                Words.error(stream.lastError()),
                Words.time(stream.nextRetryAt())));
    if (!stream.options().isEmpty()) {
      text.append("  options     %s\n".formatted(new TreeMap<>(stream.options())));
    }
    if (stream.clock() != null) {
      text.append("  clock       ").append(clock(stream.clock())).append('\n');
    }
    stream.budgets().stream()
        .filter(budget -> budget.waitingUntil() != null)
        .forEach(
            budget -> text.append("  waiting     ").append(Words.waiting(budget)).append('\n'));
    if (stream.malformed() > 0) {
      text.append(
          "  unreadable  %d frames, the last: %s\n"
              .formatted(stream.malformed(), stream.lastMalformed()));
    }
    if (!stream.instruments().isEmpty()) {
      text.append(instrumentTable(stream));
    }
    stream.instruments().stream()
        .filter(instrument -> !instrument.reason().isEmpty())
        .forEach(
            instrument ->
                text.append(
                    "  %s: %s\n".formatted(instrument.instrument().symbol(), instrument.reason())));
    text.append('\n');
  }

  private String clock(VenueClock clock) {
    Duration skew = clock.skew();
    return "the venue's is %s %s ours, right to %s, measured %s ago"
        .formatted(
            Words.millis(skew.abs()),
            skew.isNegative() ? "behind" : "ahead of",
            Words.millis(clock.roundTrip().dividedBy(2)),
            Words.between(clock.measuredAt(), at));
  }

  private static String latency(FeedLatency latency) {
    return latency.samples() == 0
        ? "-"
        : Words.millis(latency.p50())
            + ", "
            + Words.millis(latency.p99())
            + ", "
            + Words.millis(latency.max());
  }

  private Table instrumentTable(StreamStatus stream) {
    Table table =
        new Table(
            "  ",
            "Instrument",
            "State",
            "First id",
            "Last id",
            "Delivered",
            "Duplicates",
            "Invalid",
            "Gaps",
            "Repaired",
            "Absent",
            "Missing",
            "Lag",
            "Latency p50, p99, max",
            "Last seen",
            "History",
            "Coverage");
    for (InstrumentStatus it : stream.instruments()) {
      table.row(
          it.instrument().symbol(),
          it.state(),
          it.firstId() < 0 ? "-" : it.firstId(),
          it.lastId() < 0 ? "-" : it.lastId(),
          it.delivered(),
          it.duplicates(),
          it.rejected(),
          it.gaps(),
          it.repaired(),
          it.absent(),
          it.unrepaired(),
          Words.between(it.lastTradeAt(), it.lastReceivedAt()),
          latency(it.latency()),
          Words.between(it.lastReceivedAt(), at),
          it.historySize(),
          Words.seconds(it.coverage()));
    }
    return table;
  }

  private Table listenerTable() {
    Table table =
        new Table("  ", "Name", "Delivered", "Lag", "Lost", "Failures", "In call", "Last failure");
    for (ListenerStatus it : listeners) {
      table.row(
          it.name(),
          it.delivered(),
          it.lag(),
          it.lost(),
          it.failures(),
          it.inCallFor().isZero() ? "-" : Words.seconds(it.inCallFor()),
          it.lastFailure() == null ? "none" : it.lastFailure());
    }
    return table;
  }

  private Table ledgerTable() {
    Table table =
        new Table(
            "  ",
            "Owner",
            "Started",
            "Finished",
            "Cancelled",
            "Failed",
            "Live",
            "Abandoned",
            "Heartbeats",
            "Oldest");
    for (LedgerStatus it : ledgers) {
      table.row(
          it.owner(),
          it.started(),
          it.finished(),
          it.cancelled(),
          it.failed(),
          it.live().size(),
          it.abandoned().size(),
          it.heartbeats().size(),
          it.heartbeats().stream()
              .map(Heartbeat::age)
              .max(Comparator.<Duration>naturalOrder())
              .map(Words::seconds)
              .orElse("-"));
    }
    return table;
  }

  private Table sideTable() {
    Table table = new Table("  ", "Instrument", "Verdict", "Agreeing", "Against", "Reason");
    for (SideVerdict it : sides) {
      table.row(it.instrument(), it.agreement(), it.agreeing(), it.disagreeing(), it.reason());
    }
    return table;
  }
}
