package io.tapeflow.console;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamStatus;
import java.time.Duration;
import java.util.Comparator;

/** Check 6: every instrument that a stream carries has metrics that can be acted upon. */
final class MetricsCheck implements Check {
  @Override
  public int id() {
    return 6;
  }

  @Override
  public String name() {
    return "Metrics available";
  }

  @Override
  public void examine(Observation seen, Findings findings) {
    if (seen.streams().isEmpty()) {
      findings.undecided(Cause.NOT_STARTED, "There is no stream to compute metrics from.");
    } else if (!seen.orderFlow()) {
      examineAbsence(seen, findings);
    } else {
      for (StreamStatus stream : seen.streams()) {
        StreamFacts.own(stream).forEach(it -> examine(stream, it, seen, findings));
      }
    }
    seen.listeners().stream()
        .filter(listener -> listener.lost() > 0 || listener.failures() > 0)
        .forEach(
            listener ->
                findings.note(
                    "Listener %s has lost %d trades and failed %d times, last: %s."
                        .formatted(
                            listener.name(),
                            listener.lost(),
                            listener.failures(),
                            Words.clause(String.valueOf(listener.lastFailure())))));
  }

  private static void examineAbsence(Observation seen, Findings findings) {
    if (seen.delivered() > 0) {
      findings.fail(
          Cause.NO_METRICS,
          "The metrics bundle is not there, though %d trades have been delivered."
              .formatted(seen.delivered()));
    } else {
      findings.undecided("The metrics bundle is not there, and no trade has come yet.");
    }
  }

  private static void examine(
      StreamStatus stream, InstrumentStatus instrument, Observation seen, Findings findings) {
    String key = instrument.instrument().key();
    MetricSnapshot snapshot = seen.snapshots().get(key);
    if (snapshot == null) {
      return; // The service did not answer, which is entered as a fault.
    }
    long ok = count(snapshot, MetricStatus.OK);
    switch (snapshot.status()) {
      case OK, WARMING_UP -> {
        if (ok > 0) {
          findings.pass(account(key, snapshot));
        } else {
          findings.undecided(
              "%s: none of its %d metrics is OK yet: %s."
                  .formatted(key, snapshot.metrics().size(), Words.clause(snapshot.reason())));
        }
      }
      case STALE, NO_DATA, UNKNOWN_INSTRUMENT -> {
        String sentence =
            "%s: metrics are %s: %s; %d trades were delivered."
                .formatted(
                    key,
                    snapshot.status(),
                    Words.clause(snapshot.reason()),
                    instrument.delivered());
        if (instrument.delivered() == 0 && StreamFacts.undecided(stream, seen.at())) {
          findings.undecided(sentence);
        } else {
          failFor(instrument, seen, sentence, findings);
        }
      }
    }
  }

  private static void failFor(
      InstrumentStatus instrument, Observation seen, String sentence, Findings findings) {
    if (instrument.delivered() == 0) {
      findings.fail(Cause.NO_DATA, sentence);
    } else if (seen.delivery() && seen.listeners().isEmpty()) {
      findings.fail(Cause.NOT_CONSUMED, sentence + " No listener is registered to consume them.");
    } else {
      findings.fail(Cause.NO_METRICS, sentence);
    }
  }

  private static String account(String key, MetricSnapshot snapshot) {
    Duration coverage =
        snapshot.metrics().values().stream()
            .map(MetricValue::coverage)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    long incomplete = snapshot.metrics().values().stream().filter(it -> !it.complete()).count();
    return "%s: %d of %d metrics are OK, %d warming up; the longest covers %s, up to trade %d%s."
        .formatted(
            key,
            count(snapshot, MetricStatus.OK),
            snapshot.metrics().size(),
            count(snapshot, MetricStatus.WARMING_UP),
            Words.seconds(coverage),
            snapshot.lastTradeId(),
            incomplete == 0 ? "" : "; %d are incomplete".formatted(incomplete));
  }

  private static long count(MetricSnapshot snapshot, MetricStatus status) {
    return snapshot.metrics().values().stream().filter(it -> it.status() == status).count();
  }
}
