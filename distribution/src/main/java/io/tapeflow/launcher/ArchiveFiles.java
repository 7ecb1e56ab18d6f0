package io.tapeflow.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The archives that are to be played.
 *
 * @param paths in the order of playing
 * @param symbol what they are of
 */
record ArchiveFiles(List<Path> paths, String symbol) {
  private static final Pattern NAME = Pattern.compile("([A-Z0-9_.]{1,20})-aggTrades.*");
  private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9_.]{1,20}");
  private static final Pattern SHA_256 =
      Pattern.compile("\\s*([0-9a-fA-F]{64})\\b.*", Pattern.DOTALL);

  ArchiveFiles {
    paths = List.copyOf(paths);
  }

  /**
   * Checks files given on the command line.
   *
   * @param symbol null for that of the files' names
   * @throws IllegalArgumentException if one cannot be used
   */
  static ArchiveFiles of(List<Path> files, String symbol) {
    List<Path> paths = files.stream().map(file -> file.toAbsolutePath().normalize()).toList();
    for (Path path : paths) {
      if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
        throw new IllegalArgumentException("'" + path + "' is not a file that can be read");
      }
      if (path.toString().indexOf(',') >= 0) {
        // A comma separates archives in the venue's configuration.
        throw new IllegalArgumentException("'" + path + "' has a comma: rename it");
      }
    }
    if (symbol != null) {
      String given = symbol.strip().toUpperCase(Locale.ROOT);
      if (!SYMBOL.matcher(given).matches()) {
        throw new IllegalArgumentException(
            "'" + symbol + "' is not a symbol: expected letters and digits, such as BTCUSDT");
      }
      return new ArchiveFiles(paths, given);
    }
    List<String> symbols = paths.stream().map(ArchiveFiles::symbolOf).distinct().toList();
    if (symbols.size() > 1) {
      throw new IllegalArgumentException(
          "the archives are of " + String.join(" and ", symbols) + ": play one symbol at a time");
    }
    return new ArchiveFiles(paths, symbols.get(0));
  }

  /**
   * Checks where snapshots are to be written.
   *
   * @param file null for nowhere
   * @throws IllegalArgumentException if they cannot be
   */
  static void requireWritable(Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new IllegalArgumentException("'" + file + "' cannot be written");
    }
  }

  /** Compares each archive with the checksum beside it, if there is one. */
  void verifyChecksums() throws CommandFailure {
    for (Path path : paths) {
      Path checksum = path.resolveSibling(path.getFileName() + ".CHECKSUM");
      if (Files.exists(checksum)) {
        verify(path, checksum);
      }
    }
  }

  private static void verify(Path path, Path checksum) throws CommandFailure {
    try {
      Matcher said = SHA_256.matcher(Files.readString(checksum));
      if (!said.matches()) {
        throw new CommandFailure(checksum + " has no sha256 in it");
      }
      String found = sha256(path);
      if (!found.equalsIgnoreCase(said.group(1))) {
        throw new CommandFailure(
            path
                + " is damaged: its sha256 is "
                + found
                + ", but "
                + checksum.getFileName()
                + " says "
                + said.group(1));
      }
    } catch (IOException e) {
      throw new CommandFailure("cannot compare " + path + " with its checksum", e);
    }
  }

  private static String sha256(Path path) throws IOException {
    try (InputStream file = Files.newInputStream(path);
        DigestInputStream in = new DigestInputStream(file, MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String symbolOf(Path path) {
    Matcher name = NAME.matcher(path.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalArgumentException(
          "'" + path.getFileName() + "' is not named SYMBOL-aggTrades…: give --symbol");
    }
    return name.group(1);
  }
}
