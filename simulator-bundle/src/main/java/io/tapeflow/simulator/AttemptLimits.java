package io.tapeflow.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The limit of connection attempts, for each address. */
final class AttemptLimits {
  private final int limit;
  private final long windowNanos;
  private final Map<String, InboundLimit> byAddress = new ConcurrentHashMap<>();

  AttemptLimits(AccessLimits limits) {
    this.limit = limits.connectionAttempts();
    this.windowNanos = limits.attemptWindow().toNanos();
  }

  /** Counts an attempt, and tells whether the address may make it. */
  boolean admit(String address, long nowNanos) {
    InboundLimit attempts =
        byAddress.computeIfAbsent(address, unknown -> new InboundLimit(limit, windowNanos));
    return attempts.admits(attempts.count(nowNanos));
  }
}
