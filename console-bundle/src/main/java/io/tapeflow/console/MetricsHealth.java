package io.tapeflow.console;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.ResultLog;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether there are metrics that can be acted upon. */
@Component(
    service = HealthCheck.class,
    property = {
      HealthCheck.NAME + "=Tapeflow: metrics",
      HealthCheck.TAGS + "=tapeflow",
      HealthCheck.TAGS + "=metrics",
      HealthCheck.MBEAN_NAME + "=TapeflowMetrics"
    })
public final class MetricsHealth extends Health {
  /** Looks at what the services say. */
  @Activate
  public MetricsHealth(@Reference RecentObservation recent) {
    super(recent);
  }

  @Override
  void examine(Observation seen, ResultLog log) {
    enter(seen, log, new MetricsCheck());
  }
}
