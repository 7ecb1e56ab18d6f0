package io.tapeflow.simulator;

import java.nio.file.Path;
import java.util.Objects;

/**
 * An exchange's archive of aggregate trades.
 *
 * @param path a zip, gz or csv file
 * @param symbol what it is an archive of
 */
public record ArchiveFile(Path path, String symbol) {
  private static final String MARK = "-aggTrades";

  /** Checks that nothing is null. */
  public ArchiveFile {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(symbol, "symbol");
  }

  /**
   * An archive whose file name begins with the symbol, as the exchange names them.
   *
   * @throws IllegalArgumentException if it does not
   */
  public static ArchiveFile of(Path path) {
    String name = String.valueOf(path.getFileName());
    int end = name.indexOf(MARK);
    if (end <= 0) {
      throw new IllegalArgumentException(
          "archive.symbol must be given, because '%s' is not named SYMBOL%s…"
              .formatted(name, MARK));
    }
    return new ArchiveFile(path, name.substring(0, end));
  }
}
