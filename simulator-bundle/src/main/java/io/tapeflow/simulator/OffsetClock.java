package io.tapeflow.simulator;

import static io.tapeflow.api.simulator.FaultKind.CLOCK_AHEAD;
import static io.tapeflow.api.simulator.FaultKind.CLOCK_BEHIND;

import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueFault;
import io.tapeflow.tasks.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The venue's clock, which may differ from this machine's, and jump. Durations are not touched. */
final class OffsetClock implements Clock {
  private final Clock base;
  private final long offsetMicros;
  private final Faults faults;

  OffsetClock(Clock base, Duration offset, Faults faults) {
    this.base = base;
    this.offsetMicros = TimeUnit.NANOSECONDS.toMicros(offset.toNanos());
    this.faults = faults;
  }

  /** What is to be added to the base clock now. */
  long offsetMicros() {
    return offsetMicros + micros(CLOCK_AHEAD) - micros(CLOCK_BEHIND);
  }

  @Override
  public long nanos() {
    return base.nanos();
  }

  @Override
  public long wallMicros() {
    return base.wallMicros() + offsetMicros();
  }

  private long micros(FaultKind kind) {
    VenueFault fault = faults.get(kind);
    return fault == null ? 0 : TimeUnit.MILLISECONDS.toMicros(Faults.number(fault));
  }
}
