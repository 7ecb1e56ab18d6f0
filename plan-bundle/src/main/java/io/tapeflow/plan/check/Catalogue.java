package io.tapeflow.plan.check;

import io.tapeflow.api.metrics.MetricInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The metrics that Tapeflow has, for where no platform runs that could be asked. Which windows,
 * bars and anchors it has is configured, so any of them will do here.
 */
public final class Catalogue {
  private static final List<String> LINES = load();
  private static final Pattern MOMENT = Pattern.compile("\\d{8}T\\d{6}Z");
  private static final Pattern TIME = Pattern.compile("\\d+m?s");
  private static final Pattern BAR = Pattern.compile("bar\\d+[a-z]+");
  private static final Pattern TIER = Pattern.compile("(under)?\\d+[km]?");
  private static final Map<String, String> UNITS = new HashMap<>();

  static {
    LINES.forEach(
        line -> {
          int space = line.indexOf(' ');
          UNITS.put(shape(line.substring(0, space)), line.substring(space + 1));
        });
  }

  private Catalogue() {}

  /** The metrics of the standard configuration. */
  public static List<MetricInfo> metrics() {
    return LINES.stream()
        .map(line -> line.split(" ", 2))
        .map(parts -> new MetricInfo(parts[0], parts[1], ""))
        .toList();
  }

  /** A metric, if Tapeflow can be configured to have it. */
  public static Optional<MetricInfo> find(String name) {
    return Optional.ofNullable(UNITS.get(shape(name))).map(unit -> new MetricInfo(name, unit, ""));
  }

  /** Whether a metric is of a kind that Tapeflow has and none of some metrics are. */
  static boolean mayCome(String name, Collection<String> there) {
    String shape = shape(name);
    return UNITS.containsKey(shape)
        && there.stream().map(Catalogue::shape).noneMatch(shape::equals);
  }

  static List<String> lines() {
    return LINES;
  }

  private static String shape(String name) {
    return Stream.of(name.split("\\.")).map(Catalogue::shapeOf).collect(Collectors.joining("."));
  }

  private static String shapeOf(String part) {
    if (MOMENT.matcher(part).matches()) {
      return "session";
    } else if (TIME.matcher(part).matches()) {
      return "*s";
    } else if (BAR.matcher(part).matches()) {
      return "bar*";
    }
    return TIER.matcher(part).matches() ? "*k" : part;
  }

  private static List<String> load() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Catalogue.class.getResourceAsStream("metrics.txt"), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
