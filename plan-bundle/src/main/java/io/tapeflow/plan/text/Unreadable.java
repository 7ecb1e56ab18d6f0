package io.tapeflow.plan.text;

/** An expression cannot be read, and where. */
final class Unreadable extends Exception {
  private static final long serialVersionUID = 1L;

  private final int index;
  private final String allowed;

  Unreadable(int index, String what, String allowed) {
    super(what, null, false, false);
    this.index = index;
    this.allowed = allowed;
  }

  /** Index of the character in the expression. */
  int index() {
    return index;
  }

  String allowed() {
    return allowed;
  }
}
