package io.tapeflow.launcher;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the command line chooses of a venue's own options, by their names. */
record VenueOptions(Map<String, String> values) {
  static final VenueOptions NONE = new VenueOptions(Map.of());

  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(option -> option.getKey() + "=" + option.getValue())
        .collect(Collectors.joining(","));
  }

  /** Reads {@code quantity=nq,route=market}. */
  static final class Reader implements ITypeConverter<VenueOptions> {
    @Override
    public VenueOptions convert(String value) {
      Map<String, String> values = new TreeMap<>();
      for (String part : value.split(",", -1)) {
        String[] option = part.strip().split("=", 2);
        if (option.length < 2 || option[0].isEmpty() || option[1].isEmpty()) {
          throw new TypeConversionException(
              "'" + part + "' is not an option: expected NAME=VALUE, such as quantity=nq");
        }
        if (values.put(option[0], option[1]) != null) {
          throw new TypeConversionException("'" + option[0] + "' is there twice");
        }
      }
      return new VenueOptions(values);
    }
  }
}
