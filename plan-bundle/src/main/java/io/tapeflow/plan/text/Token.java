package io.tapeflow.plan.text;

/**
 * A piece of an expression.
 *
 * @param kind what it is
 * @param text as it was written; of a quoted one what is between the quotes
 * @param index of its first character
 */
record Token(Kind kind, String text, int index) {
  /** Kinds of pieces. */
  enum Kind {
    /** A name, also of an operator: dotted words. */
    NAME,
    /** A name in backticks, which is never an operator. */
    QUOTED_NAME,
    /** A word in single quotes. */
    WORD,
    NUMBER,
    /** A length of time. */
    TIME,
    /** Behind a number. */
    UNIT,
    SIGN,
    END
  }

  boolean is(String word) {
    return (kind == Kind.NAME || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
  }

  boolean is(Kind other) {
    return kind == other;
  }

  /** As it is told to a person. */
  String told() {
    return kind == Kind.END ? "the end" : '\'' + text + '\'';
  }
}
