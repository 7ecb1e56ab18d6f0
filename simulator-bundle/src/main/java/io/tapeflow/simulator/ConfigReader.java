package io.tapeflow.simulator;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Reads a configuration, whose values may be typed, or text from a file. Every complaint names the
 * property and what is allowed.
 */
final class ConfigReader {
  private final Map<String, ?> properties;

  ConfigReader(Map<String, ?> properties) {
    this.properties = properties;
  }

  /**
   * The settings.
   *
   * @throws IllegalArgumentException if a value is wrong
   */
  VenueSettings read(String owner) {
    List<ArchiveFile> archives = archives();
    VenueSettings.Builder builder =
        archives.isEmpty()
            ? VenueSettings.generated(list("symbols").toArray(String[]::new))
            : VenueSettings.archives(archives.toArray(ArchiveFile[]::new));
    return builder
        .owner(owner)
        .dialect(value("venue", "binance-spot or binance-usdm", Dialect::of))
        .port(value("port", "a whole number from 0 to 65535", Integer::valueOf))
        .restPort(value("rest.port", "a whole number from 0 to 65535", Integer::valueOf))
        .seed(value("seed", "a whole number", Long::valueOf))
        .rate(value("rate", "a number from 0.001 to 100000", ConfigReader::finite))
        .quiet(list("quiet").toArray(String[]::new))
        .speed(value("speed", "'max' or a factor above 0", ConfigReader::speed))
        .strict(value("archive.strict", "true or false", ConfigReader::bool))
        .history(value("history", "a whole number from 0 to 1000000", Integer::valueOf))
        .pingInterval(value("ping.seconds", "a number from 0.01 to 3600", ConfigReader::seconds))
        .messagesPerSecond(value("messages.per.second", "a whole number", Integer::valueOf))
        .streamsPerConnection(value("streams.per.connection", "a whole number", Integer::valueOf))
        .connectionAttempts(
            value("connection.attempts", "a whole number", Integer::valueOf),
            millis("connection.window.ms"))
        .restWeight(
            value("weight.per.minute", "a whole number", Integer::valueOf),
            millis("weight.window.ms"))
        .ban(millis("ban.ms"))
        .connectionLife(millis("connection.life.ms"))
        .clockOffset(millis("clock.offset.ms"))
        .tlsHost(text("tls.host"))
        .build();
  }

  private List<ArchiveFile> archives() {
    List<String> paths = list("archive");
    List<String> symbols = list("archive.symbol");
    if (!symbols.isEmpty() && symbols.size() != paths.size()) {
      throw new IllegalArgumentException(
          "archive.symbol must name one symbol for each of %d archives, but names %d"
              .formatted(paths.size(), symbols.size()));
    }
    List<ArchiveFile> archives = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      Path path = path(paths.get(i));
      archives.add(
          symbols.isEmpty() ? ArchiveFile.of(path) : new ArchiveFile(path, symbols.get(i)));
    }
    return archives;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "archive must be a readable file, but is '" + text + "'", e);
    }
  }

  private Duration millis(String property) {
    return Duration.ofMillis(value(property, "a whole number of milliseconds", Long::valueOf));
  }

  private String text(String property) {
    return String.valueOf(properties.get(property)).trim();
  }

  private <T> T value(String property, String allowed, Function<String, T> parse) {
    String text = text(property);
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s must be %s, but is '%s'".formatted(property, allowed, text), e);
    }
  }

  /** One text with commas, an array or a collection; blanks are left out. */
  private List<String> list(String property) {
    Object value = properties.get(property);
    List<String> parts = new ArrayList<>();
    if (value instanceof Object[] array) {
      for (Object element : array) {
        parts.addAll(split(element));
      }
    } else if (value instanceof Collection<?> collection) {
      collection.forEach(element -> parts.addAll(split(element)));
    } else {
      parts.addAll(split(Objects.requireNonNullElse(value, "")));
    }
    return parts;
  }

  private static List<String> split(Object element) {
    List<String> parts = new ArrayList<>();
    for (String part : String.valueOf(element).split(",", -1)) {
      if (!part.isBlank()) {
        parts.add(part.trim());
      }
    }
    return parts;
  }

  private static double speed(String text) {
    return text.equalsIgnoreCase("max") ? Double.POSITIVE_INFINITY : finite(text);
  }

  private static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false", "null" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static double finite(String text) {
    return new BigDecimal(text).doubleValue();
  }

  private static Duration seconds(String text) {
    double seconds = finite(text);
    if (seconds < 0 || seconds > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(text);
    }
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }
}
