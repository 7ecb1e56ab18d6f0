package io.tapeflow.launcher;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How fast an archive is played.
 *
 * @param text {@code max}, or a factor of real time
 */
record Speed(String text) {
  @Override
  public String toString() {
    return text;
  }

  /** Reads {@code max} or a number above 0. */
  static final class Reader implements ITypeConverter<Speed> {
    @Override
    public Speed convert(String value) {
      if (value.equals("max")) {
        return new Speed(value);
      }
      try {
        double factor = Double.parseDouble(value);
        if (factor > 0 && Double.isFinite(factor)) {
          return new Speed(value);
        }
      } catch (NumberFormatException e) {
        // Told below, with what is allowed.
      }
      throw new TypeConversionException(
          "'" + value + "' is not a speed: expected max or a number above 0");
    }
  }
}
