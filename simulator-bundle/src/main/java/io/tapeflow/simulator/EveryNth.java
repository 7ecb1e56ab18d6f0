package io.tapeflow.simulator;

import io.tapeflow.api.simulator.VenueFault;

/** Counts to a fault's number from when the fault was switched on. */
final class EveryNth {
  private VenueFault counted;
  private int count;

  /** Whether this one is hit by the fault, which may be null. */
  @SuppressWarnings("ReferenceEquality") // The same fault switched on anew starts anew.
  boolean hits(VenueFault fault) {
    if (fault == null) {
      return false;
    }
    if (fault != counted) {
      counted = fault;
      count = 0;
    }
    count++;
    if (count < Faults.number(fault)) {
      return false;
    }
    count = 0;
    return true;
  }
}
