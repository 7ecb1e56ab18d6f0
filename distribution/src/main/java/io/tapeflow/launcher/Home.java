package io.tapeflow.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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

  /** The files of plans. */
  Path plans() {
    return conf().resolve("plans");
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

  /** What outlives a stop. */
  Path state() {
    return folder.resolve("state");
  }

  /** The log file in use. */
  Path log() {
    return folder.resolve("logs").resolve("tapeflow.log");
  }

  /**
   * Makes what is missing in it, and takes away the configurations of the last start.
   *
   * @param distribution has the files of {@code conf} for a new home
   */
  void fill(Path distribution) throws CommandFailure {
    try {
      Files.createDirectories(plans());
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
    } catch (IOException e) {
      throw new CommandFailure("cannot prepare the home " + folder, e);
    }
  }

  /** Writes a configuration, whole or not at all, because the folder is watched. */
  void configure(Configuration configuration) throws CommandFailure {
    Path file = run().resolve(configuration.name() + ".cfg");
    try {
      Path draft =
          Files.writeString(run().resolve(configuration.name() + ".tmp"), configuration.text());
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CommandFailure("cannot write " + file, e);
    }
  }
}
