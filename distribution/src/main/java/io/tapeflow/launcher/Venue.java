package io.tapeflow.launcher;

import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A venue that Tapeflow can connect to. */
record Venue(String name) {
  private static final List<String> KNOWN = List.of("binance-spot", "binance-usdm");

  @Override
  public String toString() {
    return name;
  }

  /** Reads the name of a known venue. */
  static final class Reader implements ITypeConverter<Venue> {
    @Override
    public Venue convert(String value) {
      if (!KNOWN.contains(value)) {
        throw new TypeConversionException(
            "'" + value + "' is not a known venue: expected " + String.join(" or ", KNOWN));
      }
      return new Venue(value);
    }
  }
}
