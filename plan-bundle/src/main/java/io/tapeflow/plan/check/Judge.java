package io.tapeflow.plan.check;

import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanFault;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds all that is wrong with a plan. */
public final class Judge {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

  private final Surroundings surroundings;

  public Judge(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** All faults, in the order of the plan's parts; none of them keeps another from being found. */
  public List<PlanFault> faults(Plan plan) {
    List<PlanFault> faults = new ArrayList<>();
    if (!ID.matcher(plan.id()).matches()) {
      faults.add(new PlanFault("id", "It is no id", "up to 100 letters, digits, '_', '-' and '.'"));
    }
    String instrument = surroundings.instrumentFault(plan.instrument());
    if (!instrument.isEmpty()) {
      faults.add(new PlanFault("instrument", instrument, "an instrument that a stream carries"));
    }
    faults.addAll(Prices.faults(plan));
    if (plan.entry() == null && plan.condition() == null) {
      faults.add(new PlanFault("", "There is nothing to wait for", "conditions, or an entry"));
    }
    if (plan.condition() != null) {
      faults.addAll(new Tree(surroundings, plan).faults());
    }
    return faults;
  }
}
