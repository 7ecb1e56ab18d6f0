package io.tapeflow.metrics.window;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.metrics.Wide;
import java.math.BigDecimal;
import java.math.BigInteger;

/** What was traded between two states of {@link RunningSums}. */
public final class Span {
  private final long[] from;
  private final long[] to;
  private final MetricBasis basis;

  /**
   * The trades between two states.
   *
   * @param from the sums before
   * @param to the sums at its end; valid until the next trade
   * @param basis what it rests on
   */
  Span(long[] from, long[] to, MetricBasis basis) {
    this.from = from;
    this.to = to;
    this.basis = basis;
  }

  /** The sums before it. */
  public long[] from() {
    return from;
  }

  /** The sums at its end. */
  public long[] to() {
    return to;
  }

  /** What it rests on. */
  public MetricBasis basis() {
    return basis;
  }

  /** Whether it holds no trade. */
  public boolean isEmpty() {
    return from[RunningSums.LAST_ID] == to[RunningSums.LAST_ID];
  }

  /** A sum of one long, such as a count. */
  public long count(int slot) {
    return to[slot] - from[slot];
  }

  /** A sum of two longs. */
  public BigDecimal wide(int slot, int scale) {
    return Wide.difference(to, from, slot, scale);
  }

  /** A sum of two longs, in the units it was summed in. */
  public BigInteger units(int slot) {
    return wide(slot, 0).unscaledValue();
  }
}
