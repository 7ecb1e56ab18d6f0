package io.tapeflow.api.simulator;

import java.util.Objects;

/**
 * A fault to switch on.
 *
 * @param kind what to do
 * @param number its parameter, as the kind says; 0 for the kind's default
 */
public record VenueFault(FaultKind kind, int number) {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public VenueFault {
    Objects.requireNonNull(kind, "kind");
    if (number < 0) {
      throw new IllegalArgumentException("The number of a fault is not negative: " + number);
    }
  }

  /**
   * A fault with its default parameter.
   *
   * @param kind what to do
   * @return the fault
   */
  public static VenueFault of(FaultKind kind) {
    return new VenueFault(kind, 0);
  }
}
