package io.tapeflow.launcher;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A venue that Tapeflow can connect to.
 *
 * @param options the values that each of its own options may have
 */
record Venue(String name, Map<String, List<String>> options) {
  private static final SortedMap<String, Map<String, List<String>>> KNOWN =
      new TreeMap<>(
          Map.of(
              "binance-spot",
              Map.of("time", List.of("ms", "us")),
              "binance-usdm",
              Map.of(
                  "quantity",
                  List.of("q", "nq"),
                  "route",
                  List.of("market", "public", "private", "none"))));

  @Override
  public String toString() {
    return name;
  }

  /**
   * Checks what was chosen of its options.
   *
   * @throws IllegalArgumentException in words for whoever typed it
   */
  void check(VenueOptions chosen) {
    chosen
        .values()
        .forEach(
            (option, value) -> {
              List<String> allowed = options.get(option);
              if (allowed == null) {
                throw new IllegalArgumentException(
                    "%s has no option '%s': expected %s"
                        .formatted(
                            name,
                            option,
                            options.isEmpty()
                                ? "none"
                                : String.join(" or ", new TreeMap<>(options).keySet())));
              }
              if (!allowed.contains(value)) {
                throw new IllegalArgumentException(
                    "'%s' is not a %s of %s: expected %s"
                        .formatted(value, option, name, String.join(" or ", allowed)));
              }
            });
  }

  /** Reads the name of a known venue. */
  static final class Reader implements ITypeConverter<Venue> {
    @Override
    public Venue convert(String value) {
      if (!KNOWN.containsKey(value)) {
        throw new TypeConversionException(
            "'"
                + value
                + "' is not a known venue: expected "
                + String.join(" or ", KNOWN.keySet()));
      }
      return new Venue(value, KNOWN.get(value));
    }
  }
}
