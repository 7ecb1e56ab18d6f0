package io.tapeflow.plan.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what somebody may have meant. */
public final class Names {
  private static final int LONGEST = 100;

  private Names() {}

  /** A question for the name that is nearly the one given, such as "; delta.60s?", or nothing. */
  public static String suggest(String name, Collection<String> known) {
    if (name.length() > LONGEST) {
      return "";
    }
    int near = Math.max(1, name.length() / 3);
    return known.stream()
        .filter(it -> distance(name, it) <= near)
        .min(Comparator.comparing(it -> distance(name, it)))
        .map(it -> "; did you mean " + it + '?')
        .orElse("");
  }

  /** How many letters have to be put in, left out, changed, or swapped with the next one. */
  private static int distance(String one, String other) {
    String left = one.toLowerCase(Locale.ROOT);
    String right = other.toLowerCase(Locale.ROOT);
    int[][] table = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        table[i][j] = i == 0 || j == 0 ? i + j : step(table, left, right, i, j);
      }
    }
    return table[left.length()][right.length()];
  }

  private static int step(int[][] table, String left, String right, int i, int j) {
    boolean same = left.charAt(i - 1) == right.charAt(j - 1);
    int change = table[i - 1][j - 1] + (same ? 0 : 1);
    int least = Math.min(change, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1);
    return swapped ? Math.min(least, 1 + table[i - 2][j - 2]) : least;
  }
}
