package io.tapeflow.launcher;

import java.nio.file.Path;

/** Where Tapeflow is installed: the folder with {@code bin}, {@code bundle} and {@code conf}. */
final class Distribution {
  private Distribution() {}

  static Path folder() {
    String folder = System.getProperty("tapeflow.distribution");
    if (folder == null) {
      throw new IllegalStateException("tapeflow.distribution is not set: start with bin/tapeflow");
    }
    return Path.of(folder).toAbsolutePath().normalize();
  }
}
