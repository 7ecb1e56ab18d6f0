package io.tapeflow.plan.check;

import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.plan.text.PlanFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Judges a file of plans without a platform: given its name and its text, gives one line for each
 * fault, in the order of the text. A function of plain Java, so that the command can call it
 * without the API.
 */
public final class PlanCheck implements BiFunction<String, String, List<String>> {
  private static final Comparator<PlanFault> IN_ORDER =
      Comparator.comparingInt(PlanFault::line).thenComparingInt(PlanFault::column);

  private final Judge judge = new Judge(new Offline());

  @Override
  public List<String> apply(String name, String text) {
    List<String> lines = new ArrayList<>();
    for (PlanDraft draft : PlanFile.read(name, text)) {
      judge.faults(draft).stream()
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
