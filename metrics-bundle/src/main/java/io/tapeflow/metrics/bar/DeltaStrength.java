package io.tapeflow.metrics.bar;

import io.tapeflow.api.trade.Side;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Delta strength as ATAS has it: a bar is strong if its delta ends near, but not at, its extreme.
 *
 * @param least percent of the extreme
 * @param most percent of the extreme
 */
record DeltaStrength(BigDecimal least, BigDecimal most) {
  /** Delta in percent of its extreme on the same side; null if there is none. */
  BigDecimal percent(Bar bar) {
    BigDecimal extreme = bar.delta().signum() > 0 ? bar.maxDelta() : bar.minDelta();
    if (bar.delta().signum() == 0 || extreme.signum() == 0) {
      return null;
    }
    return bar.delta().movePointRight(2).divide(extreme, MathContext.DECIMAL64);
  }

  /** {@code BUY}, {@code SELL}, or {@code NONE} if delta is not strong. */
  String side(Bar bar) {
    BigDecimal delta = bar.delta().abs();
    BigDecimal extreme = bar.delta().signum() > 0 ? bar.maxDelta() : bar.minDelta().negate();
    BigDecimal hundred = delta.movePointRight(2);
    boolean strong =
        delta.signum() > 0
            && hundred.compareTo(extreme.multiply(least)) >= 0
            && hundred.compareTo(extreme.multiply(most)) <= 0;
    if (!strong) {
      return "NONE";
    }
    return bar.delta().signum() > 0 ? Side.BUY.name() : Side.SELL.name();
  }
}
