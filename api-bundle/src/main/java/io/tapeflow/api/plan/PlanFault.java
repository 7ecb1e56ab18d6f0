package io.tapeflow.api.plan;

import java.util.Objects;

/**
 * One thing that is wrong with a plan.
 *
 * @param path what it is about: {@code stopLoss}, {@code conditions[0].threshold}; empty for the
 *     whole
 * @param line of the text, from 1; 0 where there is no text
 * @param column of the text, from 1; 0 where there is no text
 * @param what what is wrong, in words, with the value that is
 * @param allowed what would be right, in words
 */
public record PlanFault(String path, int line, int column, String what, String allowed) {
  /** Checks that nothing is null. */
  public PlanFault {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(allowed, "allowed");
  }

  /**
   * A fault of something that was not read from a text.
   *
   * @param path as in the record
   * @param what as in the record
   * @param allowed as in the record
   */
  public PlanFault(String path, String what, String allowed) {
    this(path, 0, 0, what, allowed);
  }

  /**
   * The same fault at a place of a text.
   *
   * @param position where; null leaves it as it is
   * @return the fault there
   */
  public PlanFault at(TextPosition position) {
    return position == null
        ? this
        : new PlanFault(path, position.line(), position.column(), what, allowed);
  }

  @Override
  public String toString() {
    String where = line == 0 ? "" : "line " + line + ", column " + column + ": ";
    String of = path.isEmpty() ? "" : path + ": ";
    String instead = allowed.isEmpty() ? "" : "; allowed: " + allowed;
    return where + of + what + instead;
  }
}
