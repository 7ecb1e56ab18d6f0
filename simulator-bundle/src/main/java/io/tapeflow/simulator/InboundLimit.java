package io.tapeflow.simulator;

import java.util.concurrent.TimeUnit;

/** Admits a number of messages in any second. */
final class InboundLimit {
  private final long[] times;
  private int oldest;
  private long seen;

  /** A limit; 0 admits everything. */
  InboundLimit(int perSecond) {
    this.times = new long[perSecond];
  }

  synchronized boolean admits(long nowNanos) {
    if (times.length == 0) {
      return true;
    }
    boolean admitted =
        seen < times.length || nowNanos - times[oldest] > TimeUnit.SECONDS.toNanos(1);
    times[oldest] = nowNanos;
    oldest = (oldest + 1) % times.length;
    seen++;
    return admitted;
  }
}
