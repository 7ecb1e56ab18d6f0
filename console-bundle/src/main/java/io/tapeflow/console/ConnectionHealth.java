package io.tapeflow.console;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.ResultLog;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether each stream is connected, once. */
@Component(
    service = HealthCheck.class,
    property = {
      HealthCheck.NAME + "=Tapeflow: connection",
      HealthCheck.TAGS + "=tapeflow",
      HealthCheck.TAGS + "=connection",
      HealthCheck.MBEAN_NAME + "=TapeflowConnection"
    })
public final class ConnectionHealth extends Health {
  /** Looks at what the services say. */
  @Activate
  public ConnectionHealth(@Reference RecentObservation recent) {
    super(recent);
  }

  @Override
  void examine(Observation seen, ResultLog log) {
    enter(seen, log, new ConnectionCheck(), new InitialisationCheck());
  }
}
