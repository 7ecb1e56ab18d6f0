package io.tapeflow.plan.check;

import java.util.Locale;
import java.util.Map;

/** Units, however they are written. */
final class Units {
  private static final Map<String, String> SAME = Map.of("%", "percent", "quote units", "quote");

  private Units() {}

  static boolean same(String one, String other) {
    return name(one).equals(name(other));
  }

  private static String name(String unit) {
    String lower = unit.strip().toLowerCase(Locale.ROOT);
    return SAME.getOrDefault(lower, lower);
  }
}
