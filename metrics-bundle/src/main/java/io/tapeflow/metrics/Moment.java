package io.tapeflow.metrics;

import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.tasks.Clock;
import java.util.concurrent.TimeUnit;

/**
 * One moment by both clocks of this machine.
 *
 * @param nanos by the monotonic one
 * @param wallMicros since the epoch
 */
record Moment(long nanos, long wallMicros) {
  static Moment now(Clock clock) {
    return new Moment(clock.nanos(), clock.wallMicros());
  }

  /**
   * When a trade that is handed over now was received, by the monotonic clock: one from history was
   * received long before.
   */
  long receivedAt(TradeBatch trades, int i) {
    long lagMicros = Math.max(0, wallMicros - trades.receivedMicros(i));
    return nanos - TimeUnit.MICROSECONDS.toNanos(lagMicros);
  }
}
