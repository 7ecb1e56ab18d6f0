package io.tapeflow.plan.operator;

import io.tapeflow.api.plan.Truth;
import java.time.Duration;
import java.util.List;

/**
 * A part held not longer ago than a time. If it did not as far as is known, but trades at which it
 * could not be told are not longer ago either, the answer is open.
 */
final class Lately implements Operator {
  private static final long NEVER = Long.MIN_VALUE;

  private final long micros;
  private long held = NEVER;
  private long unknown = NEVER;
  private boolean interrupted = true;
  private boolean moving;

  Lately(Duration time) {
    micros = Times.micros(time);
  }

  @Override
  public Truth at(long timeMicros, List<Truth> parts) {
    Truth part = parts.get(0);
    if (part == Truth.HOLDS) {
      held = timeMicros;
    }
    if (part == Truth.BLOCKED || interrupted) {
      unknown = timeMicros;
      interrupted = false;
    }
    boolean holds = isLately(held, timeMicros);
    moving = holds || isLately(unknown, timeMicros);
    if (holds) {
      return Truth.HOLDS;
    }
    return moving ? Truth.BLOCKED : Truth.FAILS;
  }

  @Override
  public boolean isMoving() {
    return moving;
  }

  @Override
  public String reason() {
    return "It has not been told for all of the last " + micros / 1_000 + " ms";
  }

  @Override
  public void interrupted() {
    held = NEVER;
    interrupted = true;
  }

  private boolean isLately(long time, long now) {
    return time != NEVER && now - time <= micros;
  }
}
