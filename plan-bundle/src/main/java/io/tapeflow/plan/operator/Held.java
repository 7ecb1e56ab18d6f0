package io.tapeflow.plan.operator;

import io.tapeflow.api.plan.Truth;
import java.time.Duration;
import java.util.List;

/** A part has held at each trade for a time. */
final class Held implements Operator {
  private static final long NOT = Long.MIN_VALUE;

  private final long micros;
  private long since = NOT;
  private boolean longEnough;

  Held(Duration time) {
    micros = Times.micros(time);
  }

  @Override
  public Truth at(long timeMicros, List<Truth> parts) {
    Truth part = parts.get(0);
    if (part != Truth.HOLDS) {
      since = NOT;
      return part;
    }
    since = since == NOT ? timeMicros : since;
    longEnough = timeMicros - since >= micros;
    return longEnough ? Truth.HOLDS : Truth.FAILS;
  }

  @Override
  public boolean isMoving() {
    return since != NOT && !longEnough;
  }

  @Override
  public void interrupted() {
    since = NOT;
  }
}
