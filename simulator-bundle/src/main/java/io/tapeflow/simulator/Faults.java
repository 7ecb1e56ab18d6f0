package io.tapeflow.simulator;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The faults that are on. Read on every write, so reading costs one volatile read. */
final class Faults {
  private volatile Map<FaultKind, VenueFault> on = Map.of();

  /** The fault of a kind; null if it is off. */
  VenueFault get(FaultKind kind) {
    Map<FaultKind, VenueFault> now = on;
    return now.isEmpty() ? null : now.get(kind);
  }

  boolean isOn(FaultKind kind) {
    return get(kind) != null;
  }

  synchronized void put(VenueFault fault) {
    Map<FaultKind, VenueFault> next = new EnumMap<>(FaultKind.class);
    next.putAll(on);
    next.put(fault.kind(), fault);
    on = next;
  }

  synchronized void clear() {
    on = Map.of();
  }

  Set<VenueFault> all() {
    return Set.copyOf(on.values());
  }

  /** The parameter of a fault, or its kind's default. */
  static int number(VenueFault fault) {
    if (fault.number() != 0) {
      return fault.number();
    }
    return switch (fault.kind()) {
      case HTTP_STATUS -> 503;
      case CLOSE, REFUSE_TCP -> 1_000;
      case PINGS_ONLY -> 1_000;
      case DROP, DUPLICATE, REORDER, MALFORMED -> 10;
      case SLOW_DRIP -> 64;
      default -> 0;
    };
  }

  /**
   * Checks a fault's parameter.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  static void check(VenueFault fault) {
    int number = number(fault);
    switch (fault.kind()) {
      case HTTP_STATUS -> range(fault, number, 300, 599, "an HTTP status");
      case CLOSE, REFUSE_TCP -> {
        range(fault, number, 1_000, 4_999, "a close code");
        if (number == 1_004 || number == 1_005 || number == 1_015) {
          throw new IllegalArgumentException(
              fault.kind() + ": the close code " + number + " must not be sent");
        }
      }
      default -> {}
    }
  }

  private static void range(VenueFault fault, int number, int min, int max, String what) {
    if (number < min || number > max) {
      throw new IllegalArgumentException(
          "%s needs %s from %d to %d, not %d".formatted(fault.kind(), what, min, max, number));
    }
  }
}
