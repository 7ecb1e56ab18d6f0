package io.tapeflow.stream;

import io.tapeflow.api.stream.VenueClock;
import java.util.concurrent.TimeUnit;

/**
 * The estimate of one venue's clock, and when it is due to be made again. One connector at a time
 * makes it for all. Safe for any thread.
 */
final class VenueTime {
  private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How far the wall clock may leave the monotonic one before it must have been set. */
  private static final long JUMP_MICROS = TimeUnit.MILLISECONDS.toMicros(50);

  private volatile VenueClock estimate;
  private boolean measuring;
  private boolean due = true;
  private long dueNanos;
  private long lastNanos;
  private long lastWallMicros;

  /** The estimate, or null before the first. */
  VenueClock estimate() {
    return estimate;
  }

  /**
   * Whether the caller is to measure it now; if so, it must say how that ended.
   *
   * @param nanos the monotonic clock
   * @param wallMicros the wall clock, at the same moment
   */
  synchronized boolean begin(long nanos, long wallMicros) {
    long passedMicros = TimeUnit.NANOSECONDS.toMicros(nanos - lastNanos);
    boolean jumped = Math.abs(wallMicros - lastWallMicros - passedMicros) > JUMP_MICROS;
    if (measuring || !(due || jumped || nanos - dueNanos >= 0)) {
      return false;
    }
    measuring = true;
    return true;
  }

  /** It has been measured. */
  synchronized void measured(VenueClock measured, long nanos, long wallMicros) {
    estimate = measured;
    ended(nanos, wallMicros, PERIOD_NANOS);
  }

  /** The venue did not tell its time; the last estimate stays. */
  synchronized void failed(long nanos, long wallMicros) {
    ended(nanos, wallMicros, RETRY_NANOS);
  }

  /** The connector that was measuring has been closed: another is to do it. */
  synchronized void abandoned() {
    measuring = false;
    due = true;
  }

  private void ended(long nanos, long wallMicros, long nextNanos) {
    measuring = false;
    due = false;
    dueNanos = nanos + nextNanos;
    lastNanos = nanos;
    lastWallMicros = wallMicros;
  }
}
