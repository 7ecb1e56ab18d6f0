package io.tapeflow.console;

import io.tapeflow.api.plan.PlanState;
import io.tapeflow.api.plan.PlanStatus;
import io.tapeflow.api.plan.Plans;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether plans can be judged. */
@Component(
    service = HealthCheck.class,
    property = {
      HealthCheck.NAME + "=Tapeflow: plans",
      HealthCheck.TAGS + "=tapeflow",
      HealthCheck.TAGS + "=plans",
      HealthCheck.MBEAN_NAME + "=TapeflowPlans"
    })
public final class PlansHealth extends Health {
  /** Looks at what the services say. */
  @Activate
  public PlansHealth(@Reference RecentObservation recent) {
    super(recent);
  }

  @Override
  void examine(Observation seen, ResultLog log) {
    List<PlanStatus> plans = services().plans().map(Plans::list).orElse(List.of());
    for (PlanStatus plan : plans) {
      if (plan.state() instanceof PlanState.Blocked blocked) {
        enter(
            log,
            Result.Status.WARN,
            "Plan %s is blocked: %s.".formatted(plan.id(), Words.clause(blocked.reason())));
      } else if (plan.state() instanceof PlanState.Invalid invalid) {
        enter(
            log, Result.Status.WARN, "Plan %s is wrong: %s".formatted(plan.id(), invalid.faults()));
      } else {
        enter(log, Result.Status.OK, "Plan %s is %s.".formatted(plan.id(), plan.state().kind()));
      }
    }
  }
}
