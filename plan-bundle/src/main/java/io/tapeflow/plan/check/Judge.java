package io.tapeflow.plan.check;

import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds all that is wrong with a plan. */
public final class Judge {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

  /** Venues write their symbols as they like, but never with white space. */
  private static final Pattern INSTRUMENT = Pattern.compile("(?!\\*$)\\S{1,100}");

  /** How many instruments are listed of many. */
  private static final int SHOWN = 20;

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
      Set<String> unread = draft.faults().stream().map(PlanFault::path).collect(Collectors.toSet());
      faults(draft.plan(), unread).stream()
          .filter(fault -> unread.stream().noneMatch(it -> isOf(fault.path(), it)))
          .map(fault -> Places.place(fault, draft.positions()))
          .forEach(faults::add);
    }
    return faults;
  }

  /** Whether a part of a plan, by its path, is another one or in it. */
  private static boolean isOf(String part, String whole) {
    return part.equals(whole)
        || (!whole.isEmpty()
            && part.startsWith(whole)
            && ".[".indexOf(part.charAt(whole.length())) >= 0);
  }

  /** All faults, in the order of the plan's parts; none of them keeps another from being found. */
  public List<PlanFault> faults(Plan plan) {
    return faults(plan, Set.of());
  }

  private List<PlanFault> faults(Plan plan, Set<String> unread) {
    List<PlanFault> faults = new ArrayList<>();
    if (!ID.matcher(plan.id()).matches()) {
      faults.add(new PlanFault("id", "It is no id", "up to 100 letters, digits, '_', '-' and '.'"));
    }
    instrument(plan.instrument(), faults);
    faults.addAll(Prices.faults(plan, unread));
    if (plan.entry() == null && plan.condition() == null && unread.isEmpty()) {
      faults.add(new PlanFault("", "There is nothing to wait for", "conditions, or an entry"));
    }
    if (plan.condition() != null) {
      faults.addAll(new Tree(surroundings, plan, unread).faults());
    }
    return faults;
  }

  private void instrument(String name, List<PlanFault> faults) {
    List<String> known = surroundings.instruments();
    String what = surroundings.instrumentFault(name);
    String shown = known.stream().limit(SHOWN).collect(Collectors.joining(", "));
    String more = known.size() > SHOWN ? " and %d more".formatted(known.size() - SHOWN) : "";
    if (!what.isEmpty()) {
      Stream<String> symbols = known.stream().map(it -> it.substring(it.indexOf(':') + 1));
      List<String> names =
          Stream.concat(known.stream(), symbols).filter(it -> !it.equals(name)).toList();
      faults.add(
          new PlanFault(
              "instrument",
              what + Names.suggest(name, names),
              known.isEmpty() ? "an instrument that a stream carries" : shown + more));
    } else if (!INSTRUMENT.matcher(name).matches()) {
      faults.add(new PlanFault("instrument", "It is no instrument", "a symbol, or venue:symbol"));
    }
  }
}
