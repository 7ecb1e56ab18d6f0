package io.tapeflow.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

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
    InboundLimit attempts = of(address);
    return attempts.admits(attempts.count(nowNanos));
  }

  /** In how many whole seconds an address that was refused will be let in. */
  long secondsLeft(String address, long nowNanos) {
    long second = TimeUnit.SECONDS.toNanos(1);
    return (of(address).untilRoom(nowNanos) + second - 1) / second;
  }

  private InboundLimit of(String address) {
    return byAddress.computeIfAbsent(address, unknown -> new InboundLimit(limit, windowNanos));
  }
}
