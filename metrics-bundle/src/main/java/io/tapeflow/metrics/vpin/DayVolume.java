package io.tapeflow.metrics.vpin;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How much was traded in the trailing 24 hours, in slots of five minutes. While less is known, the
 * day's volume is projected from what is.
 */
final class DayVolume {
  static final long DAY = TimeUnit.HOURS.toMicros(24);

  /** Below this, a projection would be a guess. */
  static final long LEAST = TimeUnit.MINUTES.toMicros(5);

  private static final long SLOT = TimeUnit.MINUTES.toMicros(5);
  private static final int SLOTS = (int) (DAY / SLOT);

  // Not exact, and need not be: the size of a bucket is a choice. The sums do not drift, because
  // they are made anew each time.
  private final double[] slots = new double[SLOTS];
  private long first = Long.MIN_VALUE;
  private long slot;

  void add(long time, long quantity) {
    long at = Math.floorDiv(time, SLOT);
    if (first == Long.MIN_VALUE) {
      first = time;
      slot = at;
    } else if (at > slot) {
      for (long passed = Math.max(slot + 1, at - SLOTS + 1); passed <= at; passed++) {
        slots[index(passed)] = 0;
      }
      slot = at;
    }
    slots[index(slot)] += quantity;
  }

  /** How much of the trailing day is known, microseconds. */
  long known(long time) {
    return first == Long.MIN_VALUE ? 0 : Math.min(DAY, time - first);
  }

  /** The volume of a day, known or projected; at least {@link #LEAST} must be known. */
  double volume(long time) {
    return Arrays.stream(slots).sum() * ((double) DAY / known(time));
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(first);
    out.writeLong(slot);
    for (double volume : slots) {
      out.writeDouble(volume);
    }
  }

  void restore(DataInput in) throws IOException {
    first = in.readLong();
    slot = in.readLong();
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = in.readDouble();
    }
  }

  private static int index(long slot) {
    return Math.floorMod(slot, SLOTS);
  }
}
