package io.tapeflow.simulator;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The faults that are on. Read on every write, so reading costs one volatile read. */
final class Faults {
  private static final String ALL = "";

  // By kind, then by symbol.
  private volatile Map<FaultKind, Map<String, VenueFault>> on = Map.of();

  /** The fault of a kind that concerns all symbols; null if it is off. */
  VenueFault get(FaultKind kind) {
    return get(kind, ALL);
  }

  /** The fault of a kind that concerns a symbol; null if it is off. */
  VenueFault get(FaultKind kind, String symbol) {
    Map<FaultKind, Map<String, VenueFault>> now = on;
    if (now.isEmpty()) {
      return null;
    }
    Map<String, VenueFault> bySymbol = now.getOrDefault(kind, Map.of());
    VenueFault own = bySymbol.get(symbol);
    return own == null ? bySymbol.get(ALL) : own;
  }

  boolean areNone() {
    return on.isEmpty();
  }

  boolean isOn(FaultKind kind) {
    return get(kind) != null;
  }

  boolean isOn(FaultKind kind, String symbol) {
    return get(kind, symbol) != null;
  }

  synchronized void put(VenueFault fault) {
    Map<FaultKind, Map<String, VenueFault>> next = new EnumMap<>(FaultKind.class);
    next.putAll(on);
    Map<String, VenueFault> bySymbol = new HashMap<>(next.getOrDefault(fault.kind(), Map.of()));
    bySymbol.put(fault.symbol(), fault);
    next.put(fault.kind(), bySymbol);
    on = next;
  }

  synchronized void clear() {
    on = Map.of();
  }

  /** The kinds that are on, for any symbol. */
  Set<FaultKind> kinds() {
    return on.keySet();
  }

  Set<VenueFault> all() {
    return on.values().stream()
        .flatMap(bySymbol -> bySymbol.values().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The parameter of a fault, or its kind's default. */
  static int number(VenueFault fault) {
    if (fault.number() != 0) {
      return fault.number();
    }
    return switch (fault.kind()) {
      case CLOSE, REFUSE_TCP -> 1_000;
      case PINGS_ONLY -> 1_000;
      case DROP, DUPLICATE, REORDER, MALFORMED -> 10;
      case FRAGMENTED, INVALID_UTF8, WRONG_JSON, IDS_BACKWARDS -> 10;
      case REST_LEAVES_OUT -> 3;
      case COMPRESSED -> 1_000;
      case DISTURB -> 1;
      case OVERSIZED -> 4_096;
      case HTTP_STATUS, REST_STATUS -> 503;
      case REST_LATE, REST_LAG -> 1_000;
      case SLOW_DRIP -> 64;
      case SERVER_SHUTDOWN -> 5_000;
      case CLOCK_AHEAD, CLOCK_BEHIND -> 10_000;
      default -> 0;
    };
  }

  /** Whether a fault is done when it is done; all others stay on. */
  static boolean isMomentary(FaultKind kind) {
    return switch (kind) {
      case CLOSE, SERVER_SHUTDOWN, SILENT_SYMBOL, RESET_MID_FRAME, OVERSIZED -> true;
      default -> false;
    };
  }

  /**
   * Checks a fault's parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  static void check(VenueFault fault) {
    if (!fault.symbol().isEmpty() && !knowsSymbols(fault.kind())) {
      throw new IllegalArgumentException(
          "%s concerns connections, not %s alone".formatted(fault.kind(), fault.symbol()));
    }
    int number = number(fault);
    switch (fault.kind()) {
      case HTTP_STATUS, REST_STATUS -> range(fault, number, 300, 599, "an HTTP status");
      case REST_LAG -> range(fault, number, 1, 60_000, "milliseconds");
      case OVERSIZED -> range(fault, number, 1, 65_536, "a size in KiB");
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

  private static boolean knowsSymbols(FaultKind kind) {
    return switch (kind) {
      case DROP,
          DUPLICATE,
          REORDER,
          MALFORMED,
          SILENT_SYMBOL,
          QUIET_SYMBOL,
          FRAGMENTED,
          COMPRESSED,
          INVALID_UTF8,
          WRONG_JSON,
          IDS_BACKWARDS,
          DISTURB,
          REST_HANG,
          REST_STATUS,
          REST_LATE,
          REST_RESET,
          REST_TRUNCATED,
          REST_EMPTY,
          REST_SHUFFLED,
          REST_OUT_OF_RANGE,
          REST_OTHER_SYMBOL,
          REST_LEAVES_OUT,
          REST_LAG ->
          true;
      default -> false;
    };
  }

  private static void range(VenueFault fault, int number, int min, int max, String what) {
    if (number < min || number > max) {
      throw new IllegalArgumentException(
          "%s needs %s from %d to %d, not %d".formatted(fault.kind(), what, min, max, number));
    }
  }
}
