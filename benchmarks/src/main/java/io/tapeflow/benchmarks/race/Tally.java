package io.tapeflow.benchmarks.race;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.JMException;
import javax.management.ObjectName;

/** Counts a contestant's trades and sums up their CVD. One thread writes. */
public final class Tally implements TallyMXBean {
  private static final int LONGEST = 1_000_000;
  private static final double[] PERCENTILES = {50, 99, 99.9, 100};

  private final AtomicLong lastId = new AtomicLong(-1);
  private final int[] counts = new int[LONGEST + 1];
  private long trades;
  private long cvd;
  private volatile boolean timed;

  /** Makes one, and shows it to whoever measures. */
  public static Tally published() {
    Tally tally = new Tally();
    try {
      ManagementFactory.getPlatformMBeanServer().registerMBean(tally, new ObjectName(NAME));
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
    return tally;
  }

  /** No longer shows it. */
  public static void withdraw() {
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME));
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A trade.
   *
   * @param quantity in units of 1e-8
   * @param stampMicros when the venue sent it
   */
  public void trade(long id, long quantity, boolean buy, long stampMicros) {
    trades++;
    cvd += buy ? quantity : -quantity;
    if (timed) {
      time(stampMicros);
    }
    lastId.setRelease(id);
  }

  /** Takes the time from the stamp of a trade to now. */
  private void time(long stampMicros) {
    Instant now = Clock.systemUTC().instant();
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000 - stampMicros;
    counts[(int) Math.max(0, Math.min(LONGEST, micros))]++;
  }

  @Override
  public long getTrades() {
    lastId.getAcquire();
    return trades;
  }

  @Override
  public long getLastId() {
    return lastId.getAcquire();
  }

  @Override
  public long getCvd() {
    lastId.getAcquire();
    return cvd;
  }

  @Override
  public void setTimed(boolean now) {
    if (now) {
      Arrays.fill(counts, 0);
    }
    timed = now;
  }

  @Override
  public long[] getLatencyMicros() {
    long total = 0;
    for (int count : counts) {
      total += count;
    }
    long[] micros = new long[PERCENTILES.length];
    long below = 0;
    int next = 0;
    for (int i = 0; i <= LONGEST && next < PERCENTILES.length; i++) {
      below += counts[i];
      while (next < PERCENTILES.length && total > 0 && below >= total * PERCENTILES[next] / 100) {
        micros[next++] = i;
      }
    }
    return micros;
  }
}
