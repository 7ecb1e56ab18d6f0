package io.tapeflow.launcher;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The symbols given on the command line, in upper case, each once, in their order. */
record Symbols(List<String> names) {
  private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9]+");

  Symbols {
    names = List.copyOf(names);
  }

  @Override
  public String toString() {
    return String.join(",", names);
  }

  /** Reads {@code BTCUSDT,ETHUSDT}. */
  static final class Reader implements ITypeConverter<Symbols> {
    @Override
    public Symbols convert(String value) {
      Set<String> names = new LinkedHashSet<>();
      for (String part : value.split(",", -1)) {
        String name = part.strip().toUpperCase(Locale.ROOT);
        if (!SYMBOL.matcher(name).matches()) {
          throw new TypeConversionException(
              "'" + part + "' is not a symbol: expected letters and digits, such as BTCUSDT");
        }
        if (!names.add(name)) {
          throw new TypeConversionException("'" + name + "' is there twice");
        }
      }
      return new Symbols(List.copyOf(names));
    }
  }
}
