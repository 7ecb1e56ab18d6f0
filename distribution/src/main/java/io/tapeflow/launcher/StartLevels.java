package io.tapeflow.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Which bundle starts at which level, by the name of its jar. */
record StartLevels(Map<String, Integer> listed, int last) {
  private static final String LAST = "tapeflow.startlevel";
  private static final String PREFIX = LAST + ".";
  private static final Pattern SPACES = Pattern.compile("\\s+");

  StartLevels {
    listed = Map.copyOf(listed);
  }

  /** Reads {@code tapeflow.startlevel.1=a.jar b.jar} and the like. */
  static StartLevels of(Map<String, String> settings) throws CommandFailure {
    Map<String, Integer> listed = new HashMap<>();
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      if (setting.getKey().startsWith(PREFIX)) {
        int level = level(setting.getKey(), setting.getKey().substring(PREFIX.length()));
        SPACES.splitAsStream(setting.getValue()).forEach(jar -> listed.put(jar, level));
      }
    }
    return new StartLevels(listed, level(LAST, settings.get(LAST)));
  }

  private static int level(String property, String text) throws CommandFailure {
    try {
      int level = Integer.parseInt(text);
      if (level > 0) {
        return level;
      }
    } catch (NumberFormatException e) {
      // Told below, as for a number out of range.
    }
    throw new CommandFailure(
        "config.properties: '"
            + text
            + "' in "
            + property
            + " is not a start level: expected 1 or more");
  }

  int of(Path jar) {
    return listed.getOrDefault(String.valueOf(jar.getFileName()), last);
  }
}
