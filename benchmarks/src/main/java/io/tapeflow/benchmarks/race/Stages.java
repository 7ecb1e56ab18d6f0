package io.tapeflow.benchmarks.race;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened one after the other.
 *
 * @param of what
 * @param millis of each stage from the beginning
 */
record Stages(String of, Map<String, Long> millis) {

  /** One that is about to be told. */
  static Stages of(String what) {
    return new Stages(what, new LinkedHashMap<>());
  }

  /** A stage at a time. */
  void reached(String stage, long began, long at) {
    millis.put(stage, at - began);
  }

  /** Least, middle and most of each stage of several, in the order of the middle. */
  static String table(Collection<Stages> repeats) {
    Map<String, List<Long>> byStage = new LinkedHashMap<>();
    for (Stages one : repeats) {
      one.millis.forEach(
          (stage, millis) -> byStage.computeIfAbsent(stage, any -> new ArrayList<>()).add(millis));
    }
    byStage.values().forEach(each -> each.sort(null));
    Grid grid = new Grid("reached after", "middle, ms", "least", "most");
    byStage.entrySet().stream()
        .sorted(
            Map.Entry.comparingByValue((one, other) -> Long.compare(middle(one), middle(other))))
        .forEach(
            stage -> {
              List<Long> each = stage.getValue();
              grid.row(
                  "%s | %d | %d | %d",
                  stage.getKey(), middle(each), each.get(0), each.get(each.size() - 1));
            });
    return grid.toString();
  }

  private static long middle(List<Long> sorted) {
    return sorted.get(sorted.size() / 2);
  }
}
