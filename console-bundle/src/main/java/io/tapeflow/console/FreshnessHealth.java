package io.tapeflow.console;

import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.stream.StreamStatus;
import java.time.Instant;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether each instrument's trades are as new as its market's. */
@Component(
    service = HealthCheck.class,
    property = {
      HealthCheck.NAME + "=Tapeflow: data freshness",
      HealthCheck.TAGS + "=tapeflow",
      HealthCheck.TAGS + "=freshness",
      HealthCheck.MBEAN_NAME + "=TapeflowFreshness"
    })
public final class FreshnessHealth extends Health {
  /** Looks at what the services say. */
  @Activate
  public FreshnessHealth(@Reference RecentObservation recent) {
    super(recent);
  }

  @Override
  void examine(Observation seen, ResultLog log) {
    for (StreamStatus stream : seen.streams()) {
      StreamFacts.own(stream).forEach(instrument -> examine(instrument, seen.at(), log));
    }
  }

  private static void examine(InstrumentStatus it, Instant at, ResultLog log) {
    String sentence =
        "%s is %s%s; its last trade came %s ago."
            .formatted(
                it.instrument().key(),
                it.state(),
                it.reason().isEmpty() ? "" : " (" + Words.clause(it.reason()) + ")",
                Words.between(it.lastReceivedAt(), at));
    switch (it.state()) {
      case LIVE, QUIET, CLAIMED_ELSEWHERE -> enter(log, Result.Status.OK, sentence);
      case REJECTED -> enter(log, Result.Status.CRITICAL, sentence);
      case SUBSCRIBING, WAITING_FOR_DATA ->
          enter(log, Result.Status.TEMPORARILY_UNAVAILABLE, sentence);
      case SILENT, DISCONNECTED -> {
        // With nothing that could be stale, there is only nothing yet.
        if (it.delivered() == 0 && it.state() == InstrumentState.DISCONNECTED) {
          enter(log, Result.Status.TEMPORARILY_UNAVAILABLE, sentence);
        } else {
          enter(log, Result.Status.WARN, sentence);
        }
      }
    }
  }
}
