package io.tapeflow.benchmarks.race;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a command is told, as {@code name=value}; whatever it is not told is as by default. */
final class Options {
  private final Map<String, String> values;

  private Options(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads them.
   *
   * @param defaults all options that there are
   * @throws IllegalArgumentException if there is another one
   */
  static Options of(Map<String, String> defaults, String... args) {
    Map<String, String> values = new TreeMap<>(defaults);
    for (String arg : args) {
      String[] option = arg.split("=", 2);
      if (option.length != 2 || values.replace(option[0], option[1]) == null) {
        throw new IllegalArgumentException(
            arg + " is no option; expected name=value of " + new TreeMap<>(defaults));
      }
    }
    return new Options(values);
  }

  String text(String name) {
    return values.get(name);
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  long big(String name) {
    return Long.parseLong(text(name));
  }

  /** Values that are separated by commas; none if there is nothing. */
  List<String> texts(String name) {
    return text(name).isBlank() ? List.of() : List.of(text(name).split(",", -1));
  }

  List<Integer> numbers(String name) {
    return texts(name).stream().map(Integer::valueOf).toList();
  }

  List<Long> bigs(String name) {
    return texts(name).stream().map(Long::valueOf).toList();
  }

  Path path(String name) {
    return Path.of(text(name)).toAbsolutePath();
  }

  /** All of them, for a record of what was run. */
  Map<String, String> values() {
    return new LinkedHashMap<>(values);
  }

  /** These defaults and more of them, given by turns as name and value. */
  static Map<String, String> defaults(String... namesAndValues) {
    Map<String, String> defaults = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      defaults.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(Arrays.toString(namesAndValues));
    }
    return defaults;
  }
}
