package io.tapeflow.api.simulator;

import java.util.Objects;

/**
 * A fault to switch on.
 *
 * @param kind what to do
 * @param number its parameter, as the kind says; 0 for the kind's default
 * @param symbol the only symbol that it concerns; empty for all. Only faults of single trades know
 *     symbols
 */
public record VenueFault(FaultKind kind, int number, String symbol) {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public VenueFault {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(symbol, "symbol");
    if (number < 0) {
      throw new IllegalArgumentException("The number of a fault is not negative: " + number);
    }
  }

  /**
   * A fault of all symbols.
   *
   * @param kind what to do
   * @param number its parameter
   */
  public VenueFault(FaultKind kind, int number) {
    this(kind, number, "");
  }

  /**
   * A fault of one symbol with its default parameter.
   *
   * @param kind what to do
   * @param symbol the symbol
   * @return the fault
   */
  public static VenueFault of(FaultKind kind, String symbol) {
    return new VenueFault(kind, 0, symbol);
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
