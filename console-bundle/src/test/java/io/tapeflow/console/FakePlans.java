package io.tapeflow.console;

import io.tapeflow.api.plan.ConditionInfo;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.plan.PlanStatus;
import io.tapeflow.api.plan.Plans;
import java.util.List;
import java.util.Optional;

/** Plans that never change. */
record FakePlans(List<PlanStatus> list) implements Plans {
  @Override
  public Optional<PlanStatus> find(String id) {
    return list.stream().filter(it -> it.id().equals(id)).findFirst();
  }

  @Override
  public List<PlanFault> validate(Plan plan) {
    return List.of();
  }

  @Override
  public boolean cancel(String id) {
    return false;
  }

  @Override
  public List<ConditionInfo> conditions() {
    return List.of();
  }
}
