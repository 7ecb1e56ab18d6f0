package io.tapeflow.benchmarks.race;

import io.tapeflow.benchmarks.plots.Plots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/**
 * Runs all commands of this package, one after the other, and draws what came of it. One that fails
 * does not keep the others from running, but makes the whole fail.
 */
public final class Everything {
  /** All of them, in the order in which they run. */
  private static final Map<String, Command> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("startup", Startup::main);
    COMMANDS.put("race", Race::main);
    COMMANDS.put("fairness", Fairness::main);
    COMMANDS.put("storms", Storms::main);
    COMMANDS.put("scale", Scale::main);
  }

  private static final String COMMANDS_OPTION = "commands";
  private static final String OUT = "out";
  private static final String DISTRIBUTION = "distribution";

  private Everything() {}

  /** One of them. */
  @FunctionalInterface
  private interface Command {
    void run(String... args) throws IOException;
  }

  /**
   * Runs it.
   *
   * @param args {@code commands=startup,race,fairness,storms,scale}, {@code distribution=…}, {@code
   *     out=…}, and the commands' own options behind their names, as {@code race.repeats=3}
   */
  public static void main(String[] args) throws IOException {
    Map<String, String> defaults =
        Options.defaults(
            COMMANDS_OPTION,
            String.join(",", COMMANDS.keySet()),
            DISTRIBUTION,
            "distribution/target/tapeflow",
            OUT,
            "benchmarks/target/everything",
            // The whole takes half an hour already.
            "race.repeats",
            "1",
            "race.warmup.seconds",
            "20");
    for (String arg : args) {
      if (COMMANDS.containsKey(arg.split("\\.", 2)[0])) {
        // Whether it is known, the command will say.
        defaults.put(arg.split("=", 2)[0], "");
      }
    }
    Options options = Options.of(defaults, args);
    Path out = options.path(OUT);
    Files.createDirectories(out);
    StringBuilder summary = new StringBuilder();
    List<String> failed = new ArrayList<>();
    for (String name : options.texts(COMMANDS_OPTION)) {
      long began = System.nanoTime();
      try {
        COMMANDS.get(name).run(arguments(name, options));
        summary.append("## ").append(name).append("\n\n");
        summary.append(Files.readString(out.resolve(name).resolve(name + ".md"))).append('\n');
      } catch (IOException | RuntimeException e) {
        e.printStackTrace();
        failed.add(name);
        summary.append("## ").append(name).append("\n\nFailed: ").append(e).append("\n\n");
      }
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      System.out.println(name + " took " + took.toSeconds() + " s");
    }
    Files.writeString(out.resolve("everything.md"), summary);
    Plots.main(new String[] {"in=" + out, "out=" + out.resolve("plots")});
    if (!failed.isEmpty()) {
      System.err.println("Failed: " + String.join(", ", failed));
      System.exit(1);
    }
  }

  private static String[] arguments(String name, Options options) {
    List<String> arguments = new ArrayList<>();
    arguments.add(OUT + '=' + options.path(OUT).resolve(name));
    arguments.add(DISTRIBUTION + '=' + options.text(DISTRIBUTION));
    for (Entry<String, String> option : options.values().entrySet()) {
      if (option.getKey().startsWith(name + '.')) {
        arguments.add(option.getKey().substring(name.length() + 1) + '=' + option.getValue());
      }
    }
    return arguments.toArray(String[]::new);
  }
}
