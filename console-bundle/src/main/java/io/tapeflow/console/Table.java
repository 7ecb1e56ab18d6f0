package io.tapeflow.console;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows in aligned columns; a column of nothing but numbers is aligned to the right. */
final class Table {
  private static final Pattern NUMBER = Pattern.compile("-|[-+]?\\d[\\d.]*( [a-z]+)?");

  private final String indent;
  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String indent, String... head) {
    this.indent = indent;
    this.head = List.of(head);
  }

  Table row(Object... cells) {
    if (cells.length != head.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + head.size() + " columns");
    }
    rows.add(IntStream.range(0, cells.length).mapToObj(i -> String.valueOf(cells[i])).toList());
    return this;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    line(text, head);
    rows.forEach(row -> line(text, row));
    return text.toString();
  }

  private void line(StringBuilder text, List<String> cells) {
    String line =
        IntStream.range(0, cells.size())
            .mapToObj(column -> pad(cells.get(column), column))
            .collect(Collectors.joining("  "));
    text.append(indent).append(line.stripTrailing()).append('\n');
  }

  private String pad(String cell, int column) {
    String space = " ".repeat(width(column) - cell.length());
    return isNumeric(column) ? space + cell : cell + space;
  }

  private int width(int column) {
    return Math.max(
        head.get(column).length(),
        rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
  }

  private boolean isNumeric(int column) {
    return rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
  }
}
