package io.tapeflow.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What the shipped bundles log from some moment on. */
final class LogFile {
  private static final Path FILE = ShippedHome.work("").resolve("tapeflow.log");

  private static final Pattern LINKAGE =
      Pattern.compile("LinkageError|NoClassDefFound|ClassNotFound|ClassCastException");

  private final int begin = all().size();

  private LogFile() {}

  static LogFile fromHere() {
    return new LogFile();
  }

  /** The lines of a level that came from Tapeflow. */
  List<String> lines(String level) {
    return all().stream()
        .skip(begin)
        .filter(line -> line.contains(' ' + level + ' ') && line.contains(" io.tapeflow."))
        .toList();
  }

  /** The lines, of whoever, that tell of classes that do not fit together. */
  List<String> linkageErrors() {
    return all().stream().skip(begin).filter(line -> LINKAGE.matcher(line).find()).toList();
  }

  private static List<String> all() {
    try {
      return Files.readAllLines(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
