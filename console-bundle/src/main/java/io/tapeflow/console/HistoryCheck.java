package io.tapeflow.console;

import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamState;
import io.tapeflow.api.stream.StreamStatus;
import java.time.Instant;

/** Check 5: trades come, their ids have no hole, and history holds them. */
final class HistoryCheck implements Check {
  @Override
  public int id() {
    return 5;
  }

  @Override
  public String name() {
    return "History populates";
  }

  @Override
  public void examine(Observation seen, Findings findings) {
    if (seen.streams().isEmpty()) {
      findings.undecided(Cause.NOT_STARTED, "There is no stream that could bring trades.");
    }
    for (StreamStatus stream : seen.streams()) {
      for (InstrumentStatus instrument : StreamFacts.own(stream)) {
        if (instrument.delivered() == 0) {
          examineEmpty(stream, instrument, seen.at(), findings);
        } else {
          examineAccount(instrument, findings);
        }
      }
      if (stream.malformed() > 0) {
        findings.note(
            "%s: %d frames could not be read, the last one: %s."
                .formatted(
                    StreamFacts.label(stream),
                    stream.malformed(),
                    Words.clause(String.valueOf(stream.lastMalformed()))));
      }
    }
  }

  private static void examineEmpty(
      StreamStatus stream, InstrumentStatus instrument, Instant at, Findings findings) {
    String key = instrument.instrument().key();
    if (stream.state() == StreamState.LIVE) {
      findings.fail(
          Cause.NO_DATA,
          "%s: no trade has come, though its stream is live since %s; %s%s; %d were rejected."
              .formatted(
                  key,
                  Words.time(stream.since()),
                  instrument.state(),
                  instrument.reason().isEmpty() ? "" : ": " + Words.clause(instrument.reason()),
                  instrument.rejected()));
    } else if (StreamFacts.undecided(stream, at)) {
      findings.undecided("%s: no attempt to connect has ended yet.".formatted(key));
    } else {
      findings.fail(
          StreamFacts.overdue(stream, at) ? Cause.EXECUTOR_DEAD : Cause.of(stream.lastError()),
          "%s: no trade has come, because its stream is %s; %d attempts failed."
              .formatted(key, Words.state(stream.state()), stream.attempts().failed()));
    }
  }

  private static void examineAccount(InstrumentStatus instrument, Findings findings) {
    String key = instrument.instrument().key();
    long span = instrument.lastId() - instrument.firstId() + 1;
    if (instrument.unrepaired() > 0) {
      findings.fail(
          Cause.TRADES_MISSING,
          "%s: %d ids of %d to %d are missing, in %d gaps, of which %d trades were repaired%s."
              .formatted(
                  key,
                  instrument.unrepaired(),
                  instrument.firstId(),
                  instrument.lastId(),
                  instrument.gaps(),
                  repaired(instrument),
                  reason(instrument)));
    }
    long held = instrument.delivered() + instrument.amended();
    if (span + instrument.inherited() != held + instrument.absent() + instrument.unrepaired()) {
      findings.fail(
          Cause.TRADES_MISSING,
          "%s: ids %d to %d are %d, but %d were delivered, %d never were and %d are known to be missing."
              .formatted(
                  key,
                  instrument.firstId(),
                  instrument.lastId(),
                  span,
                  held,
                  instrument.absent(),
                  instrument.unrepaired()));
    } else if (instrument.historySize() == 0) {
      findings.fail(
          Cause.INTERNAL,
          "%s: %d trades were delivered, but history is empty.".formatted(key, held));
    } else if (instrument.unrepaired() == 0) {
      findings.pass(
          "%s: %d trades, ids %d to %d without a hole; history holds %d over %s; %d duplicates and %d invalid ones dropped, %d gaps, %d trades repaired%s."
              .formatted(
                  key,
                  held,
                  instrument.firstId(),
                  instrument.lastId(),
                  instrument.historySize(),
                  Words.seconds(instrument.coverage()),
                  instrument.duplicates(),
                  instrument.rejected(),
                  instrument.gaps(),
                  repaired(instrument),
                  reason(instrument)));
    }
    if (instrument.renewals() > 0) {
      findings.note(
          "%s: its stream went silent though the venue traded, and was subscribed anew, %d times; what did not come was fetched."
              .formatted(key, instrument.renewals()));
    }
  }

  private static String reason(InstrumentStatus instrument) {
    return instrument.reason().isEmpty() ? "" : "; " + Words.clause(instrument.reason());
  }

  /** Those filled before what follows them was released, and those that came late. */
  private static long repaired(InstrumentStatus instrument) {
    return instrument.repaired() + instrument.amended();
  }
}
