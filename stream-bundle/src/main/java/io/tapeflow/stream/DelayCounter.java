package io.tapeflow.stream;

import io.tapeflow.api.stream.DelayCounts;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts how often something takes how long. One thread counts at a time, any reads. */
final class DelayCounter {
  private static final long[] BOUNDS =
      DelayCounts.BOUNDS.stream()
          .mapToLong(it -> TimeUnit.NANOSECONDS.toMicros(it.toNanos()))
          .toArray();

  private static final int TOTAL = BOUNDS.length + 1;

  /** The counts, and all times together in microseconds. */
  private final AtomicLongArray counts = new AtomicLongArray(TOTAL + 1);

  /** It took so long; below 0 counts as 0. */
  void record(long micros) {
    long time = Math.max(0, micros);
    int found = Arrays.binarySearch(BOUNDS, time);
    add(found < 0 ? -found - 1 : found, 1);
    add(TOTAL, time);
  }

  DelayCounts reading() {
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < TOTAL; i++) {
      all.add(counts.get(i));
    }
    return new DelayCounts(all, Duration.of(counts.get(TOTAL), ChronoUnit.MICROS));
  }

  private void add(int at, long what) {
    counts.lazySet(at, counts.getPlain(at) + what);
  }
}
