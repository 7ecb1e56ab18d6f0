package io.tapeflow.console;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.ResultLog;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the tapes have no hole. */
@Component(
    service = HealthCheck.class,
    property = {
      HealthCheck.NAME + "=Tapeflow: continuity",
      HealthCheck.TAGS + "=tapeflow",
      HealthCheck.TAGS + "=continuity",
      HealthCheck.MBEAN_NAME + "=TapeflowContinuity"
    })
public final class ContinuityHealth extends Health {
  /** Looks at what the services say. */
  @Activate
  public ContinuityHealth(@Reference RecentObservation recent) {
    super(recent);
  }

  @Override
  void examine(Observation seen, ResultLog log) {
    enter(seen, log, new HistoryCheck());
  }
}
