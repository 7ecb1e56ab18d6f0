package io.tapeflow.launcher;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * A configuration that the command line makes.
 *
 * @param name of its file without the ending: a factory PID, a dash, and a name of its own
 * @param properties by name
 */
record Configuration(String name, Map<String, String> properties) {
  Configuration {
    properties = Map.copyOf(properties);
  }

  /** As File Install reads it. */
  String text() {
    return properties.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(property -> property.getKey() + " = " + property.getValue() + "\n")
        .collect(Collectors.joining("", "# Written at each start from the command line.\n", ""));
  }
}
