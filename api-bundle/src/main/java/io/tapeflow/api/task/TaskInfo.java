package io.tapeflow.api.task;

import java.time.Duration;
import java.util.Objects;

/**
 * One unit of background work.
 *
 * @param kind {@code thread}, {@code executor}, {@code socket}, {@code timer} or {@code future}
 * @param name its name; for a thread, the thread's
 * @param age time since it was entered
 */
public record TaskInfo(String kind, String name, Duration age) {
  /** Checks that nothing is null. */
  public TaskInfo {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(age, "age");
  }
}
