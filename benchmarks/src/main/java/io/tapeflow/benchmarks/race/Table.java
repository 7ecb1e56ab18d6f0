package io.tapeflow.benchmarks.race;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The outcomes for people: a table in Markdown for each phase, the middle of the repeats first. */
final class Table {
  private static final String AGAINST = "xchange-stream";

  private final List<Outcome> outcomes;

  Table(List<Outcome> outcomes) {
    this.outcomes = outcomes;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    Set<String> phases = new LinkedHashSet<>();
    outcomes.forEach(outcome -> phases.add(outcome.phase()));
    for (String phase : phases) {
      table(text, phase);
    }
    return text.toString();
  }

  private void table(StringBuilder text, String phase) {
    Map<String, List<Outcome>> byContestant = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      if (outcome.phase().equals(phase)) {
        byContestant.computeIfAbsent(outcome.contestant(), key -> new ArrayList<>()).add(outcome);
      }
    }
    List<Outcome> against = byContestant.getOrDefault(AGAINST, List.of());
    text.append(phase.equals("max") ? "At full speed" : "At " + phase + " trades a second");
    text.append(
        "\n\n"
            + "| contestant | trades/s | CPU-s per million | of XChange's | bytes per trade | p50,"
            + " p99, p99.9 (µs) |\n"
            + "|---|---|---|---|---|---|\n");
    byContestant.forEach(
        (contestant, runs) -> {
          text.append("| ").append(contestant);
          text.append(" | ").append(spread(runs, Outcome::tradesPerSecond, "%.0f"));
          text.append(" | ").append(spread(runs, Outcome::cpuPerMillion, "%.3f"));
          text.append(" | ").append(ratio(runs, against));
          text.append(" | ").append(spread(runs, Outcome::bytesPerTrade, "%.0f"));
          text.append(" | ").append(latency(runs)).append(" |\n");
        });
    text.append('\n');
  }

  private static String spread(
      List<Outcome> runs, ToDoubleFunction<Outcome> figure, String format) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "**" + format + "** (" + format + " to " + format + ")",
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1]);
  }

  private static String ratio(List<Outcome> runs, List<Outcome> against) {
    return against.isEmpty()
        ? "–"
        : String.format(
            Locale.ROOT,
            "1/%.1f",
            median(against, Outcome::cpuPerMillion) / median(runs, Outcome::cpuPerMillion));
  }

  private static String latency(List<Outcome> runs) {
    if (runs.get(0).latencyMicros().isEmpty()) {
      return "–";
    }
    List<String> percentiles = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int at = i;
      percentiles.add(
          String.format(
              Locale.ROOT, "%.0f", median(runs, run -> run.latencyMicros().get(at).doubleValue())));
    }
    return String.join(", ", percentiles);
  }

  private static double median(List<Outcome> runs, ToDoubleFunction<Outcome> figure) {
    return runs.stream().mapToDouble(figure).sorted().toArray()[runs.size() / 2];
  }
}
