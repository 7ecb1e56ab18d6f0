package io.tapeflow.plan.operator;

import io.tapeflow.api.plan.Truth;
import java.time.Duration;
import java.util.List;

/**
 * Holds at the trade at which a part begins to, unless it has done so within a time before. That it
 * begins has to be seen: a part that holds when it can first be told does not.
 */
final class Beginning implements Operator {
  private static final long NEVER = Long.MIN_VALUE;

  private final long micros;
  private long last = NEVER;
  private Truth before = Truth.BLOCKED;
  private boolean begins;

  Beginning(Duration time) {
    micros = Times.micros(time);
  }

  @Override
  public Truth at(long timeMicros, List<Truth> parts) {
    Truth part = parts.get(0);
    boolean first = part == Truth.HOLDS && before == Truth.FAILS;
    begins = first && (last == NEVER || timeMicros - last >= micros);
    before = part;
    if (part == Truth.BLOCKED) {
      return Truth.BLOCKED;
    }
    if (begins) {
      last = timeMicros;
      return Truth.HOLDS;
    }
    return Truth.FAILS;
  }

  @Override
  public boolean isMoving() {
    return begins;
  }

  @Override
  public void interrupted() {
    before = Truth.BLOCKED;
  }
}
