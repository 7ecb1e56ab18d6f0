package io.tapeflow.benchmarks.plots;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapeflow.benchmarks.plots.Canvas.Axis;
import io.tapeflow.benchmarks.plots.Canvas.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.StreamSupport;

/** Draws what the commands of this module have written, as SVG. */
public final class Plots {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Axis MILLIS = Axis.log("latency, ms");

  private final Path results;
  private final Canvas canvas;

  private Plots(Path results, Canvas canvas) {
    this.results = results;
    this.canvas = canvas;
  }

  /**
   * Draws what is there.
   *
   * @param args {@code in=benchmarks/target}, whose folders have the results; {@code
   *     out=benchmarks/target/plots}
   */
  public static void main(String[] args) throws IOException {
    System.setProperty("java.awt.headless", "true");
    Path in = Path.of("benchmarks/target");
    Path out = Path.of("benchmarks/target/plots");
    for (String arg : args) {
      if (arg.startsWith("in=")) {
        in = Path.of(arg.substring(3));
      } else if (arg.startsWith("out=")) {
        out = Path.of(arg.substring(4));
      } else {
        throw new IllegalArgumentException(arg + " is no option; expected in=… or out=…");
      }
    }
    new Plots(in, new Canvas(out)).draw();
  }

  private void draw() throws IOException {
    race(outcomes("race"));
    scale(outcomes("scale"));
    fairness(outcomes("fairness"));
    JsonNode storms = outcomes("storms");
    course(storms.path("burst"), "storm-burst", "A burst: latency of all trades");
    course(storms.path("reconnect"), "storm-reconnect", "A reconnect: latency of all trades");
    course(storms.path("listeners"), "storm-listeners", "Slow listeners: latency of all trades");
    startup(outcomes("startup"));
  }

  private JsonNode outcomes(String name) throws IOException {
    Path file = results.resolve(name).resolve(name + ".json");
    if (Files.notExists(file)) {
      System.out.println("There is no " + file);
      return JSON.missingNode();
    }
    return JSON.readTree(file.toFile()).path("outcomes");
  }

  private void race(JsonNode outcomes) throws IOException {
    if (outcomes.isEmpty()) {
      return;
    }
    List<String> contestants = names(outcomes, "contestant");
    Map<String, List<Double>> cpu = new LinkedHashMap<>();
    Map<String, List<Double>> latency = new LinkedHashMap<>();
    List<String> timed =
        contestants.stream()
            .filter(it -> median(outcomes, of("contestant", it), Plots::p99Millis) > 0)
            .toList();
    for (String phase : names(outcomes, "phase")) {
      String name = phase.equals("max") ? "full speed" : phase + "/s";
      Predicate<JsonNode> inPhase = of("phase", phase);
      cpu.put(
          name,
          contestants.stream()
              .map(it -> median(outcomes, inPhase.and(of("contestant", it)), Plots::cpu))
              .toList());
      if (!phase.equals("max")) {
        latency.put(
            name,
            timed.stream()
                .map(it -> median(outcomes, inPhase.and(of("contestant", it)), Plots::p99Millis))
                .toList());
      }
    }
    canvas.bars(
        "race-cpu",
        "Processor time of a trade",
        Axis.log("CPU-seconds per million trades"),
        contestants,
        cpu);
    if (!timed.isEmpty() && !latency.isEmpty()) {
      canvas.bars("race-latency", "Latency, 99th percentile", MILLIS, timed, latency);
    }
  }

  private void scale(JsonNode outcomes) throws IOException {
    Predicate<JsonNode> alone = it -> it.path("connections").asInt() == 1;
    List<Double> counts = column(outcomes, alone, it -> it.path("instruments").asDouble());
    if (counts.size() > 1) {
      List<Double> cpu = column(outcomes, alone, Plots::cpu);
      canvas.lines(
          "scale-cpu",
          "Processor time by instruments, trades a second all together being the same",
          Axis.log("instruments"),
          Axis.log("CPU-seconds per million trades"),
          List.of(
              new Line("measured", counts, cpu),
              new Line(
                  "linear from the second",
                  counts,
                  counts.stream().map(it -> cpu.get(1) * it / counts.get(1)).toList(),
                  true)),
          Map.of());
      List<Double> heap = column(outcomes, alone, it -> it.path("heapMiB").asDouble());
      canvas.lines(
          "scale-memory",
          "Memory by instruments",
          Axis.log("instruments"),
          Axis.log("MiB"),
          List.of(
              new Line("heap in use", counts, heap),
              new Line(
                  "of it history",
                  counts,
                  column(outcomes, alone, it -> it.path("historyMiB").asDouble()))),
          Map.of());
    }
    int shared =
        StreamSupport.stream(outcomes.spliterator(), false)
            .filter(alone.negate())
            .mapToInt(it -> it.path("instruments").asInt())
            .findFirst()
            .orElse(0);
    Predicate<JsonNode> sharing = it -> it.path("instruments").asInt() == shared;
    List<Double> connections = column(outcomes, sharing, it -> it.path("connections").asDouble());
    if (connections.size() > 1) {
      canvas.lines(
          "scale-connections",
          "Processor time by connections that share " + shared + " instruments",
          Axis.linear("connections"),
          Axis.linear("CPU-seconds per million trades"),
          List.of(new Line("measured", connections, column(outcomes, sharing, Plots::cpu))),
          Map.of());
    }
  }

  private void fairness(JsonNode outcomes) throws IOException {
    if (outcomes.isEmpty()) {
      return;
    }
    List<String> phases = names(outcomes, "phase");
    Map<String, List<Double>> latency = new LinkedHashMap<>();
    for (String connections : names(outcomes, "connections")) {
      for (String burst : names(outcomes, "burst")) {
        String name =
            (burst.equals("0") ? "full speed" : burst + "/s")
                + (connections.equals("1") ? " on the same connection" : " on another connection");
        latency.put(
            name,
            phases.stream()
                .map(
                    phase ->
                        median(
                            outcomes,
                            of("phase", phase)
                                .and(of("burst", burst))
                                .and(of("connections", connections)),
                            it -> it.path("metrics").path("p99").asDouble()))
                .toList());
      }
    }
    canvas.bars(
        "fairness",
        "A quiet instrument's metrics before, during and after a burst in another",
        Axis.log("latency, 99th percentile, ms"),
        phases,
        latency);
  }

  private void course(JsonNode storm, String file, String title) throws IOException {
    JsonNode course = storm.path("course");
    if (course.isEmpty()) {
      return;
    }
    List<Line> lines = new ArrayList<>();
    course
        .properties()
        .forEach(
            of -> {
              lines.add(line(of.getKey(), of.getValue(), "p50"));
              lines.add(line(of.getKey(), of.getValue(), "p99"));
            });
    Map<Double, String> marks = new LinkedHashMap<>();
    storm
        .path("stretches")
        .forEach(it -> marks.put(it.path("begins").asDouble(), it.path("name").asText()));
    canvas.lines(file, title, Axis.linear("seconds"), MILLIS, lines, marks);
  }

  private static Line line(String of, JsonNode slices, String quantile) {
    // No trade takes less than can be told.
    return new Line(
        of + " " + quantile,
        column(slices, it -> true, it -> it.path("second").asDouble()),
        column(
            slices,
            it -> true,
            it -> Math.max(0.01, it.path("latency").path(quantile).asDouble())));
  }

  private void startup(JsonNode outcomes) throws IOException {
    if (outcomes.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>();
    List<Double> middle = new ArrayList<>();
    outcomes
        .properties()
        .forEach(
            of -> {
              names.add(of.getKey());
              middle.add(median(of.getValue(), it -> true, Plots::toMetricsMillis));
            });
    canvas.bars(
        "startup",
        "From a start, or the update of a bundle, to the first metrics",
        Axis.linear("ms"),
        names,
        Map.of("the middle of all", middle));
  }

  private static double toMetricsMillis(JsonNode stages) {
    JsonNode millis = stages.path("millis");
    return millis
        .path("**the first metrics**")
        .asDouble(millis.path("**metrics of a later trade**").asDouble());
  }

  private static double cpu(JsonNode outcome) {
    return outcome.path("cpuPerMillion").asDouble();
  }

  private static double p99Millis(JsonNode outcome) {
    return outcome.path("latencyMicros").path(1).asDouble() * 1e-3;
  }

  private static Predicate<JsonNode> of(String field, String value) {
    return it -> it.path(field).asText().equals(value);
  }

  private static List<String> names(JsonNode outcomes, String field) {
    Set<String> names = new LinkedHashSet<>();
    outcomes.forEach(it -> names.add(it.path(field).asText()));
    return List.copyOf(names);
  }

  private static List<Double> column(
      JsonNode outcomes, Predicate<JsonNode> which, ToDoubleFunction<JsonNode> figure) {
    return StreamSupport.stream(outcomes.spliterator(), false)
        .filter(which)
        .map(figure::applyAsDouble)
        .toList();
  }

  /** The middle one of several; 0 if there is none. */
  private static double median(
      JsonNode outcomes, Predicate<JsonNode> which, ToDoubleFunction<JsonNode> figure) {
    List<Double> sorted = column(outcomes, which, figure).stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }
}
