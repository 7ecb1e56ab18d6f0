package io.tapeflow.benchmarks.race;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table in Markdown. */
final class Grid {
  private final StringBuilder text = new StringBuilder();

  Grid(String... columns) {
    row(List.of(columns));
    row(Arrays.stream(columns).map(column -> "---").toList());
  }

  /** A row, whose cells are made by a format in which a bar parts them. */
  Grid row(String format, Object... values) {
    text.append(String.format(Locale.ROOT, "| " + format + " |%n", values));
    return this;
  }

  Grid row(List<String> cells) {
    text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
