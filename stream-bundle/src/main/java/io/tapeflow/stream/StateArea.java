package io.tapeflow.stream;

import java.io.File;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/** Where the bundle keeps what outlives it. */
final class StateArea {
  /** The framework property by which a host names a place that outlives its bundle cache. */
  private static final String STATE_DIRECTORY = "tapeflow.state.directory";

  private StateArea() {}

  /** The path of a file or directory; null if the framework has no place for files. */
  static Path path(BundleContext context, String name) {
    String state = context.getProperty(STATE_DIRECTORY);
    if (state != null) {
      return Path.of(state, name);
    }
    File area = context.getDataFile(name);
    return area == null ? null : area.toPath();
  }
}
