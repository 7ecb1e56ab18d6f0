package io.tapeflow.benchmarks.race;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
    Files.createDirectories(options.out());
    List<Outcome> outcomes = new ArrayList<>();
    for (int repeat = 1; repeat <= options.repeats(); repeat++) {
      for (Contestant contestant : options.contestants()) {
        Path home = options.out().resolve(contestant.name() + '-' + repeat);
        deleteAll(home);
        try (Run run = new Run(contestant, repeat, options.distribution(), home, SYMBOLS)) {
          for (Outcome outcome : run.outcomes(options.phases())) {
            System.out.println(outcome);
            outcomes.add(outcome);
          }
          run.check();
        }
      }
    }
    write(options, outcomes);
  }

  private static void write(RaceOptions options, List<Outcome> outcomes) throws IOException {
    JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    ObjectNode raw = json.createObjectNode();
    raw.put("java", System.getProperty("java.vm.name") + ' ' + Runtime.version());
    raw.put("processors", Runtime.getRuntime().availableProcessors());
    raw.put("system", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
    raw.set("options", json.valueToTree(Arrays.asList(options.toString())));
    raw.set("outcomes", json.valueToTree(outcomes));
    json.writeValue(options.out().resolve("race.json").toFile(), raw);
    String table = new Table(outcomes).toString();
    Files.writeString(options.out().resolve("race.md"), table);
    System.out.println(table);
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
