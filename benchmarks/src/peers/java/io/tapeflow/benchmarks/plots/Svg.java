package io.tapeflow.benchmarks.plots;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the text of a picture small enough for a page, without a change that can be seen. */
final class Svg {
  private static final Pattern DECIMALS = Pattern.compile("-?\\d+\\.\\d{2,}");
  private static final Pattern LINES = Pattern.compile("(?:\\s*<line [^>]*/>)+");
  private static final Pattern LINE =
      Pattern.compile(
          "<line style=\"([^\"]*)\" x1=\"([^\"]*)\" x2=\"([^\"]*)\" y1=\"([^\"]*)\""
              + " y2=\"([^\"]*)\"/>");

  private Svg() {}

  /**
   * The same picture in fewer characters.
   *
   * @param title what it shows, for those who do not see it
   */
  static String small(String svg, String title) {
    // Letters come as outlines, with far more decimals than anybody can see.
    String rounded = DECIMALS.matcher(svg).replaceAll(Svg::rounded);
    // Each piece of a line comes as an element of its own, with its whole style.
    return LINES
        .matcher(rounded)
        .replaceAll(lines -> Matcher.quoteReplacement(paths(lines)))
        .replaceAll(" ([LQZ])", "$1")
        .replaceAll("style=\"fill:(rgb[^;]*);stroke:none;\"", "fill=\"$1\"")
        .replaceAll("stroke-miterlimit:10;", "")
        .replaceFirst("<defs>", "<title>" + title + "</title>\n  <defs>");
  }

  private static String rounded(MatchResult number) {
    String text = String.format(Locale.ROOT, "%.1f", Double.parseDouble(number.group()));
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Lines that follow each other in the same style, as one path. */
  private static String paths(MatchResult lines) {
    StringBuilder paths = new StringBuilder();
    String style = null;
    String end = "";
    Matcher line = LINE.matcher(lines.group());
    while (line.find()) {
      if (!line.group(1).equals(style)) {
        paths.append(style == null ? "" : "\"/>");
        style = line.group(1);
        end = "";
        paths.append("\n    <path style=\"").append(style).append("\" d=\"");
      }
      String begin = line.group(2) + ',' + line.group(4);
      paths.append(begin.equals(end) ? "" : "M" + begin);
      end = line.group(3) + ',' + line.group(5);
      paths.append('L').append(end);
    }
    return paths.append("\"/>").toString();
  }
}
