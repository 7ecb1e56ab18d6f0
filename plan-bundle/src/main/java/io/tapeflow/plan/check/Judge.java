package io.tapeflow.plan.check;

import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds all that is wrong with a plan. */
public final class Judge {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

  private static final Pattern END_OF_FIELD = Pattern.compile("[.\\[]");
  private static final Set<String> PRICES = Set.of("stopLoss", "takeProfit", "tolerance");

  private final Surroundings surroundings;

  public Judge(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * All faults of a plan that was read, each with its place: those of the reading and those of what
   * could be read, but for what only follows from the former.
   */
  public List<PlanFault> faults(PlanDraft draft) {
    List<PlanFault> faults = new ArrayList<>(draft.faults());
    if (draft.plan() != null) {
      Set<String> unread = draft.faults().stream().map(Judge::field).collect(Collectors.toSet());
      faults(draft.plan()).stream()
          .filter(fault -> !unread.contains(field(fault)))
          .filter(fault -> unread.isEmpty() || !fault.path().isEmpty())
          .map(fault -> Places.place(fault, draft.positions()))
          .forEach(faults::add);
    }
    return faults;
  }

  /** The field of the plan that a fault is about; prices are judged together. */
  private static String field(PlanFault fault) {
    String field = END_OF_FIELD.split(fault.path(), 2)[0];
    return PRICES.contains(field) ? "entry" : field;
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
