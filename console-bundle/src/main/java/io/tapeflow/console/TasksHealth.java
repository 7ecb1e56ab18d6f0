package io.tapeflow.console;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.ResultLog;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether all background work is accounted for, and executors live. */
@Component(
    service = HealthCheck.class,
    property = {
      HealthCheck.NAME + "=Tapeflow: tasks",
      HealthCheck.TAGS + "=tapeflow",
      HealthCheck.TAGS + "=tasks",
      HealthCheck.MBEAN_NAME + "=TapeflowTasks"
    })
public final class TasksHealth extends Health {
  /** Looks at what the services say. */
  @Activate
  public TasksHealth(@Reference RecentObservation recent) {
    super(recent);
  }

  @Override
  void examine(Observation seen, ResultLog log) {
    enter(seen, log, new TaskCheck());
    // Whoever has stopped nothing yet lacks nothing.
    if (seen.closed().count() > 0) {
      enter(seen, log, new ShutdownCheck());
    }
  }
}
