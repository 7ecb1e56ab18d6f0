package io.tapeflow.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus' text format, and insists on its rules: each family once and in one piece, with
 * its help and type ahead, names and values as they have to be, and no series twice.
 */
final class ExpositionText {
  private static final Pattern META =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? ([^ ]+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");

  private final Map<String, String> types = new HashMap<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();

  ExpositionText(String text) {
    assertThat(text).endsWith("\n");
    String family = "";
    for (String line : text.lines().toList()) {
      Matcher meta = META.matcher(line);
      if (line.startsWith("#")) {
        assertThat(meta.matches()).as(line).isTrue();
        if (meta.group(1).equals("TYPE")) {
          family = meta.group(2);
          assertThat(meta.group(3)).isIn("counter", "gauge", "summary", "histogram", "untyped");
          assertThat(types.put(family, meta.group(3))).as("%s again", family).isNull();
        }
        continue;
      }
      Matcher sample = SAMPLE.matcher(line);
      assertThat(sample.matches()).as(line).isTrue();
      String name = sample.group(1);
      if (types.get(family).equals("histogram")) {
        assertThat(name)
            .as("in its family")
            .isIn(family + "_bucket", family + "_sum", family + "_count");
      } else {
        assertThat(name).as("in its family").isEqualTo(family);
      }
      if (types.get(family).equals("counter")) {
        assertThat(family).endsWith("_total");
      }
      String series = name + labels(sample.group(2));
      assertThat(samples.put(series, Double.valueOf(sample.group(3))))
          .as("%s again", series)
          .isNull();
    }
  }

  private static Map<String, String> labels(String written) {
    TreeMap<String, String> labels = new TreeMap<>();
    if (written != null) {
      Matcher label = LABEL.matcher(written);
      int end = 0;
      while (end < written.length()) {
        assertThat(label.find(end) && label.start() == end).as(written).isTrue();
        assertThat(labels.put(label.group(1), label.group(2))).isNull();
        end = label.end();
      }
    }
    return labels;
  }

  /** The value of a series, by name and labels; null if there is none. */
  Double value(String name, String... labels) {
    TreeMap<String, String> wanted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      wanted.put(labels[i], labels[i + 1]);
    }
    return samples.get(name + wanted);
  }

  String type(String family) {
    return types.get(family);
  }

  /** How many series a family has. */
  long count(String family) {
    return samples.keySet().stream().filter(series -> series.startsWith(family + "{")).count();
  }
}
