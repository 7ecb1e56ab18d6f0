package io.tapeflow.tasks;

import io.tapeflow.api.task.Heartbeat;
import java.time.Duration;

/** The sign of life of one loop or executor: the time of its last beat. */
public final class Pulse {
  private final String name;
  private final Clock clock;
  private volatile long lastNanos;

  Pulse(String name, Clock clock) {
    this.name = name;
    this.clock = clock;
    this.lastNanos = clock.nanos();
  }

  /** The loop runs. Called by the loop itself at least every half second. */
  public void beat() {
    lastNanos = clock.nanos();
  }

  String name() {
    return name;
  }

  Heartbeat reading() {
    return new Heartbeat(name, Duration.ofNanos(Math.max(0, clock.nanos() - lastNanos)));
  }
}
