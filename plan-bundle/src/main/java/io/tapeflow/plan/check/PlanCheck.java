package io.tapeflow.plan.check;

import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.plan.text.PlanFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Judges files of plans without a platform, one after the other: given the name and the text of
 * one, gives one line for each fault, in the order of the text. A function of plain Java, so that
 * the command can call it without the API. Not safe for several threads.
 */
public final class PlanCheck implements BiFunction<String, String, List<String>> {
  private static final Comparator<PlanFault> IN_ORDER =
      Comparator.comparingInt(PlanFault::line).thenComparingInt(PlanFault::column);

  private final Judge judge = new Judge(new Offline());

  /** The files that ids have been found in so far. */
  private final Map<String, String> files = new HashMap<>();

  @Override
  public List<String> apply(String name, String text) {
    List<String> lines = new ArrayList<>();
    for (PlanDraft draft : PlanFile.read(name, text)) {
      List<PlanFault> faults = new ArrayList<>(judge.faults(draft));
      String other = files.putIfAbsent(draft.id(), name);
      if (other != null && !other.equals(name)) {
        PlanFault taken =
            new PlanFault("id", "There is a plan of this id in " + other, "another id");
        faults.add(Places.place(taken, draft.positions()));
      }
      faults.stream()
          .sorted(IN_ORDER)
          .map(
              fault -> name + ':' + fault.line() + ':' + fault.column() + ": " + told(draft, fault))
          .forEach(lines::add);
    }
    return lines;
  }

  private static String told(PlanDraft draft, PlanFault fault) {
    String place = new PlanFault(fault.path(), fault.what(), fault.allowed()).toString();
    return draft.id() + ": " + place;
  }
}
