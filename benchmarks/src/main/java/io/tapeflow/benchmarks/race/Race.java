package io.tapeflow.benchmarks.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs all contestants in turn, several times over, and writes what came of it: JSON with every
 * single figure, and a table.
 *
 * <p>The runs are interleaved so that what else happens on the machine falls on all alike; the
 * middle one of the repeats counts, and the others are shown.
 */
public final class Race {
  private static final List<String> SYMBOLS = List.of("BTCUSDT");

  private Race() {}

  /**
   * Runs it.
   *
   * @param args options: see the class {@link RaceOptions}
   */
  public static void main(String[] args) throws IOException {
    RaceOptions options = RaceOptions.of(args);
    Machine machine = Machine.here();
    Files.createDirectories(options.out());
    List<Outcome> outcomes = new ArrayList<>();
    for (int repeat = 1; repeat <= options.repeats(); repeat++) {
      for (Contestant contestant : options.contestants()) {
        Path home = options.out().resolve(contestant.name() + '-' + repeat);
        deleteAll(home);
        try (Run run =
            new Run(contestant, repeat, Setup.of(options.distribution(), home, SYMBOLS))) {
          for (Outcome outcome : run.outcomes(options.phases())) {
            System.out.println(outcome);
            outcomes.add(outcome);
          }
          run.check();
        }
      }
    }
    new Results(machine, options.values(), outcomes)
        .write(options.out(), "race", new Table(outcomes).toString());
  }

  static void deleteAll(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> all;
      try (var paths = Files.walk(folder)) {
        all = new ArrayList<>(paths.toList());
      }
      for (int i = all.size() - 1; i >= 0; i--) {
        Files.delete(all.get(i));
      }
    }
  }
}
