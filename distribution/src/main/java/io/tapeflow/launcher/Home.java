package io.tapeflow.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** The folder that holds all that one instance writes. */
record Home(Path folder) {

  /**
   * The home at a path, which is made if it is not there.
   *
   * @throws IllegalArgumentException if it cannot be used
   */
  static Home at(Path path) {
    Path folder = path.toAbsolutePath().normalize();
    if (folder.toString().contains(",")) {
      // File Install takes a comma for the end of a folder's name.
      throw new IllegalArgumentException("'" + path + "' has a comma: choose a path without");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "'" + path + "' cannot be made: expected a folder that can be written", e);
    }
    if (!Files.isWritable(folder)) {
      throw new IllegalArgumentException(
          "'" + path + "' cannot be written: expected a folder that can be");
    }
    return new Home(folder);
  }

  /** What the operator configures. */
  Path conf() {
    return folder.resolve("conf");
  }

  /** Bundles and configurations that come and go while the instance runs. */
  Path load() {
    return folder.resolve("load");
  }

  /** The configurations that the command line makes. */
  Path run() {
    return folder.resolve("run");
  }

  /** The framework's own storage. */
  Path cache() {
    return folder.resolve("cache");
  }

  /** The log file in use. */
  Path log() {
    return folder.resolve("logs").resolve("tapeflow.log");
  }

  /**
   * Makes what is missing in it, and writes the configurations of this start in place of those of
   * the last.
   *
   * @param distribution has the files of {@code conf} for a new home
   * @param configurations properties by file name without {@code .cfg}
   */
  void fill(Path distribution, Map<String, Map<String, String>> configurations)
      throws CommandFailure {
    try {
      Files.createDirectories(conf());
      Files.createDirectories(load());
      Files.createDirectories(run());
      Files.createDirectories(log().getParent());
      try (DirectoryStream<Path> defaults =
          Files.newDirectoryStream(distribution.resolve("conf"), "*.{cfg,properties,xml}")) {
        for (Path file : defaults) {
          Path copy = conf().resolve(file.getFileName());
          if (Files.notExists(copy)) {
            Files.copy(file, copy);
          }
        }
      }
      try (DirectoryStream<Path> old = Files.newDirectoryStream(run(), "*.cfg")) {
        for (Path file : old) {
          Files.delete(file);
        }
      }
      for (Map.Entry<String, Map<String, String>> entry : configurations.entrySet()) {
        Files.writeString(run().resolve(entry.getKey() + ".cfg"), text(entry.getValue()));
      }
    } catch (IOException e) {
      throw new CommandFailure("cannot prepare the home " + folder, e);
    }
  }

  private static String text(Map<String, String> properties) {
    return properties.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(property -> property.getKey() + " = " + property.getValue() + "\n")
        .collect(Collectors.joining("", "# Written at each start from the command line.\n", ""));
  }
}
