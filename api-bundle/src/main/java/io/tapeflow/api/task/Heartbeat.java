package io.tapeflow.api.task;

import java.time.Duration;
import java.util.Objects;

/**
 * The sign of life of an executor or loop.
 *
 * @param name of the executor or loop
 * @param age time since it last proved that it runs
 */
public record Heartbeat(String name, Duration age) {
  /** The age from which on an executor counts as dead. */
  public static final Duration LIMIT = Duration.ofSeconds(2);

  /** Checks that nothing is null. */
  public Heartbeat {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(age, "age");
  }

  /**
   * Whether it is late.
   *
   * @return true if the age has reached {@link #LIMIT}
   */
  public boolean late() {
    return age.compareTo(LIMIT) >= 0;
  }
}
