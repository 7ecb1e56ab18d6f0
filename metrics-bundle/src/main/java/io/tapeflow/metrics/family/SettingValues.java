package io.tapeflow.metrics.family;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The values of a configuration, whatever types they came in: text from a file, numbers, arrays or
 * lists from a console.
 */
public final class SettingValues {
  /** No setting is as great as this power of ten; writing one out could take all memory. */
  private static final int GREATEST_POWER = 100;

  private SettingValues() {}

  /** A number, or null if it is none. Equal numbers are equal however they were written. */
  public static BigDecimal number(Object value) {
    try {
      BigDecimal number = new BigDecimal(String.valueOf(value).strip()).stripTrailingZeros();
      if (number.scale() < -GREATEST_POWER) {
        return null;
      }
      return number.scale() < 0 ? number.setScale(0) : number;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The elements of an array or a list; of a text, what its commas part. */
  public static List<?> elements(Object value) {
    if (value instanceof Collection<?> collection) {
      return List.copyOf(collection);
    }
    if (value.getClass().isArray()) {
      List<Object> elements = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        elements.add(Array.get(value, i));
      }
      return elements;
    }
    return Arrays.asList(value.toString().split(",", -1));
  }
}
