package io.tapeflow.plan.text;

import io.tapeflow.plan.text.PlanFile.Place;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Where in the file the characters of a value are. White space may have been folded or taken off,
 * so characters are found by counting those that are not white.
 */
final class ScalarPlaces {
  private final String text;
  private final ScalarNode node;
  private final Place start;

  ScalarPlaces(String text, ScalarNode node) {
    this.text = text;
    this.node = node;
    this.start = Place.of(node);
  }

  /**
   * The place of a character.
   *
   * @param index in the value; its length for the place behind it
   */
  Place at(int index) {
    String value = node.getValue();
    int wanted = (int) value.substring(0, index).chars().filter(it -> !isWhite(it)).count();
    boolean behind = index == value.length() || isWhite(value.charAt(index));
    int line = start.line();
    int column = start.column();
    int at = offset();
    ScalarStyle style = node.getScalarStyle();
    boolean block = style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
    boolean header = block;
    boolean quoted = style == ScalarStyle.SINGLE_QUOTED || style == ScalarStyle.DOUBLE_QUOTED;
    if (quoted) {
      at++;
      column++;
    }
    for (int seen = 0; at < text.length(); at++) {
      char sign = text.charAt(at);
      boolean counts = !header && !isWhite(sign);
      if (counts && (behind ? seen == wanted - 1 : seen == wanted)) {
        return new Place(line, behind ? column + 1 : column);
      }
      if (counts) {
        seen++;
      }
      boolean escape =
          quoted
              && at + 1 < text.length()
              && (style == ScalarStyle.SINGLE_QUOTED
                  ? sign == '\'' && text.charAt(at + 1) == '\''
                  : sign == '\\');
      if (escape) {
        at++;
        column++;
      }
      if (sign == '\n') {
        header = false;
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return start;
  }

  /** Index of the value's first character in the text. */
  private int offset() {
    int at = 0;
    for (int line = 1; line < start.line(); line++) {
      at = text.indexOf('\n', at) + 1;
    }
    return at + start.column() - 1;
  }

  private static boolean isWhite(int sign) {
    return Character.isWhitespace(sign);
  }
}
