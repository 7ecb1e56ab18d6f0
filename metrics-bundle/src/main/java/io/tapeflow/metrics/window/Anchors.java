package io.tapeflow.metrics.window;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How moments are named in metrics. */
public final class Anchors {
  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private Anchors() {}

  /** The last part of a name, such as {@code 20260105T143000Z}; whole seconds. */
  public static String name(Instant anchor) {
    return COMPACT.format(anchor);
  }
}
