package io.tapeflow.benchmarks.race;

import java.nio.file.Path;
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
 * @param values all of it, as told
 */
record RaceOptions(
    int repeats,
    List<Contestant> contestants,
    Phases phases,
    Path distribution,
    Path out,
    Map<String, String> values) {
  private static final Map<String, String> DEFAULTS =
      Options.defaults(
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
    Options options = Options.of(DEFAULTS, args);
    List<String> names = options.texts("contestants");
    return new RaceOptions(
        options.number("repeats"),
        names.isEmpty() ? Contestant.ALL : names.stream().map(Contestant::named).toList(),
        new Phases(
            options.big("warmup"),
            options.number("warmup.seconds"),
            options.number("settle"),
            options.number("seconds"),
            options.bigs("paces")),
        options.path("distribution"),
        options.path("out"),
        options.values());
  }
}
