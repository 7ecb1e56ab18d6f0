package io.tapeflow.plan.text;

import io.tapeflow.plan.text.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes an expression apart. */
final class Lexer {
  /** Words that are no names unless they stand in backticks. */
  static final Set<String> RESERVED =
      Set.of(
          "and",
          "or",
          "not",
          "all",
          "any",
          "none",
          "confluence",
          "for",
          "within",
          "cooldown",
          "in",
          "outside",
          "from",
          "until",
          "crosses",
          "above",
          "below",
          "price",
          "true",
          "false");

  static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z0-9_]+){0,20}");
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern TIME =
      Pattern.compile("\\d+(?:\\.\\d+)?(?:ms|s|m|h|d)(?![A-Za-z0-9_.])");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?(?![A-Za-z0-9_.])");
  private static final Pattern UNIT =
      Pattern.compile("%|1/\\S*[^\\s,)\\]]|[A-Za-z]+(?:/[A-Za-z]+)?(?![A-Za-z0-9_.(])");
  private static final Pattern SIGN = Pattern.compile("<=|>=|==|!=|[<>=*(),:\\[\\]]");

  private final String text;
  private final Matcher matcher;
  private final List<Token> tokens = new ArrayList<>();
  private int index;

  private Lexer(String text) {
    this.text = text;
    matcher = SPACE.matcher(text);
  }

  /** All pieces, the end last. */
  static List<Token> tokens(String text) throws Unreadable {
    return new Lexer(text).tokens();
  }

  private List<Token> tokens() throws Unreadable {
    while (true) {
      takes(SPACE);
      if (index == text.length()) {
        tokens.add(new Token(Kind.END, "", index));
        return tokens;
      }
      next();
    }
  }

  private void next() throws Unreadable {
    int start = index;
    boolean behindNumber = !tokens.isEmpty() && tokens.get(tokens.size() - 1).is(Kind.NUMBER);
    if (behindNumber && takes(UNIT)) {
      boolean unit = !RESERVED.contains(matcher.group().toLowerCase(Locale.ROOT));
      add(unit ? Kind.UNIT : Kind.NAME, matcher.group(), start);
    } else if (takes(TIME)) {
      add(Kind.TIME, matcher.group(), start);
    } else if (takes(NUMBER)) {
      add(Kind.NUMBER, matcher.group(), start);
    } else if (takes(NAME)) {
      add(Kind.NAME, matcher.group(), start);
    } else if (text.charAt(start) == '\'') {
      add(Kind.WORD, quoted('\''), start);
    } else if (text.charAt(start) == '`') {
      add(Kind.QUOTED_NAME, quoted('`'), start);
    } else if (takes(SIGN)) {
      add(Kind.SIGN, matcher.group(), start);
    } else {
      throw new Unreadable(
          start,
          "'" + text.charAt(start) + "' is not part of an expression",
          allowed(text.charAt(start)));
    }
  }

  /** What is between quotes; a quote within is written twice. */
  private String quoted(char quote) throws Unreadable {
    StringBuilder inside = new StringBuilder();
    int at = index + 1;
    while (true) {
      int end = text.indexOf(quote, at);
      if (end < 0) {
        throw new Unreadable(index, "The quote is not closed", "another " + quote + " behind it");
      }
      inside.append(text, at, end);
      at = end + 1;
      if (at == text.length() || text.charAt(at) != quote) {
        index = at;
        return inside.toString();
      }
      inside.append(quote);
      at++;
    }
  }

  private static String allowed(char sign) {
    return switch (sign) {
      case '&' -> "and";
      case '|' -> "or";
      case '!' -> "not, or !=";
      default ->
          Character.isDigit(sign)
              ? "a number such as 2.5, or a time such as 30s"
              : "names, numbers, times such as 30s, words in single quotes, and operators";
    };
  }

  private void add(Kind kind, String what, int start) {
    tokens.add(new Token(kind, what, start));
  }

  private boolean takes(Pattern pattern) {
    matcher.usePattern(pattern).region(index, text.length()).useTransparentBounds(true);
    if (matcher.lookingAt()) {
      index = matcher.end();
      return true;
    }
    return false;
  }
}
