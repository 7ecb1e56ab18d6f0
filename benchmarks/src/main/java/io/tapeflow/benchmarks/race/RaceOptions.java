package io.tapeflow.benchmarks.race;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a race is to be, as {@code name=value}.
 *
 * @param repeats how often each contestant runs ({@code repeats=3})
 * @param contestants who runs ({@code contestants=a,b}; all)
 * @param phases {@code warmup=3000000} trades, {@code warmup.seconds=60} at the most, {@code
 *     settle=5} seconds at each pace that are not counted, {@code seconds=5}, {@code
 *     paces=0,10000,50000}
 * @param distribution the home that is measured ({@code distribution=distribution/target/tapeflow})
 * @param out where results go ({@code out=benchmarks/target/race})
 */
record RaceOptions(
    int repeats, List<Contestant> contestants, Phases phases, Path distribution, Path out) {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "repeats",
          "3",
          "contestants",
          "",
          "warmup",
          "3000000",
          "warmup.seconds",
          "60",
          "settle",
          "5",
          "seconds",
          "5",
          "paces",
          "0,10000,50000",
          "distribution",
          "distribution/target/tapeflow",
          "out",
          "benchmarks/target/race");

  static RaceOptions of(String... args) {
    Map<String, String> values = new HashMap<>(DEFAULTS);
    for (String arg : args) {
      String[] option = arg.split("=", 2);
      if (option.length != 2 || values.put(option[0], option[1]) == null) {
        throw new IllegalArgumentException(
            arg + " is no option; expected name=value of " + DEFAULTS);
      }
    }
    List<String> names = List.of(values.get("contestants").split(",", -1));
    List<Contestant> contestants =
        Contestant.ALL.stream()
            .filter(one -> names.contains(one.name()) || names.contains(""))
            .toList();
    Phases phases =
        new Phases(
            Long.parseLong(values.get("warmup")),
            Integer.parseInt(values.get("warmup.seconds")),
            Integer.parseInt(values.get("settle")),
            Integer.parseInt(values.get("seconds")),
            Arrays.stream(values.get("paces").split(",", -1)).map(Long::valueOf).toList());
    return new RaceOptions(
        Integer.parseInt(values.get("repeats")),
        contestants,
        phases,
        Path.of(values.get("distribution")).toAbsolutePath(),
        Path.of(values.get("out")).toAbsolutePath());
  }
}
