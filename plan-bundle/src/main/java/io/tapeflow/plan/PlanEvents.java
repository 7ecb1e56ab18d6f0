package io.tapeflow.plan;

import io.tapeflow.api.plan.PlanListener;
import io.tapeflow.api.plan.PlanState;
import io.tapeflow.api.plan.PlanStatus;
import io.tapeflow.api.plan.PlanTrigger;
import io.tapeflow.api.plan.Plans;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** Makes events of what becomes of plans, where there is an Event Admin. */
@Component(service = PlanListener.class)
public final class PlanEvents implements PlanListener {
  private final EventAdmin events;

  @Activate
  public PlanEvents(@Reference EventAdmin events) {
    this.events = events;
  }

  @Override
  public void onChange(PlanStatus status) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(Plans.EVENT_PLAN, status.id());
    properties.put(Plans.EVENT_STATUS, status);
    if (status.plan() != null) {
      properties.put(Plans.EVENT_INSTRUMENT, status.plan().instrument());
    }
    PlanState state = status.state();
    if (state instanceof PlanState.Blocked blocked) {
      properties.put(Plans.EVENT_REASON, blocked.reason());
    } else if (state instanceof PlanState.Invalid invalid) {
      properties.put(
          Plans.EVENT_REASON,
          invalid.faults().stream().map(Object::toString).collect(Collectors.joining("; ")));
    } else if (state instanceof PlanState.Triggered triggered) {
      PlanTrigger trigger = triggered.trigger();
      properties.put(Plans.EVENT_TRADE, trigger.tradeId());
      properties.put(Plans.EVENT_PRICE, trigger.price().toPlainString());
      properties.put(Plans.EVENT_TIME, ChronoUnit.MICROS.between(Instant.EPOCH, trigger.time()));
    }
    events.postEvent(new Event(Plans.TOPIC + state.kind(), properties));
  }
}
