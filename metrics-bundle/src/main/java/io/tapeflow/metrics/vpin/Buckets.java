package io.tapeflow.metrics.vpin;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.Wide;
import io.tapeflow.tasks.Clock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Buckets of equal volume, each filled to the last unit: what is over goes to the next. Keeps the
 * latest that VPIN is over, and the latest values of VPIN.
 */
final class Buckets {
  private final Supplier<BigInteger> size;
  private final double[] imbalances;
  private final double[] volumes;
  private final long[] firstIds;
  private final long[] openTimes;
  private final long[] closeTimes;
  private final long[] missings;
  private final double[] values;
  private long closed;

  /** Whether one forms. */
  private boolean isOpen;

  /** What is lacking to the one that forms: a {@link Wide} number, so that it holds any volume. */
  private final long[] room = new long[2];

  private double target;
  private double imbalance;
  private long firstId;
  private long openTime;
  private long missing;
  private long missingFrom = -1;

  /**
   * None yet.
   *
   * @param size asked for the volume of a bucket when one opens; positive
   * @param kept how many buckets VPIN is over
   * @param ranked how many values of VPIN are kept
   */
  Buckets(Supplier<BigInteger> size, int kept, int ranked) {
    this.size = size;
    imbalances = new double[kept];
    volumes = new double[kept];
    firstIds = new long[kept];
    openTimes = new long[kept];
    closeTimes = new long[kept];
    missings = new long[kept];
    values = new double[ranked];
  }

  /**
   * Pours volume in.
   *
   * @param id the first id that it is of
   * @param lean 1 if it was all bought, -1 if it was all sold, or what is between
   */
  void pour(long id, long time, long volume, double lean) {
    pour(id, time, volume, lean, 0);
  }

  /**
   * Pours volume in among which ids are missing: nobody knows in which of the buckets it fills.
   *
   * @param absent how many
   */
  void pour(long id, long time, long volume, double lean, long absent) {
    long left = volume;
    while (left > 0) {
      open(id, time);
      missing = Math.max(missing, absent);
      boolean fits = room[0] > 0 || Long.compareUnsigned(room[1], left) > 0;
      long share = fits ? left : room[1];
      Wide.subtract(room, 0, share);
      imbalance += share * lean;
      left -= share;
      if (!fits) {
        close(time);
        left -= alike(left);
      }
    }
  }

  /** Ids are missing in the bucket that forms, or in the next if none does. */
  void miss(long from, long count) {
    if (!isOpen && missing == 0) {
      missingFrom = from;
    }
    missing += count;
  }

  /** How many of the buckets that VPIN is over are there. */
  int size() {
    return (int) Math.min(closed, imbalances.length);
  }

  /** Mean share of a bucket by which one side outweighs the other; at least one must be there. */
  double vpin() {
    double sum = 0;
    double volume = 0;
    for (int i = 0; i < size(); i++) {
      sum += Math.abs(imbalances[i]);
      volume += volumes[i];
    }
    return sum / volume;
  }

  /** As {@link #vpin()}, positive where more was bought and negative where more was sold. */
  double signed() {
    double sum = 0;
    double volume = 0;
    for (int i = 0; i < size(); i++) {
      sum += imbalances[i];
      volume += volumes[i];
    }
    return sum / volume;
  }

  /** How many values of VPIN the rank is over. */
  int ranked() {
    return (int) Math.max(0, Math.min(closed - imbalances.length + 1, values.length));
  }

  /** The share of the latest values of VPIN that are not above the newest; one must be there. */
  double rank() {
    double newest = values[(int) ((closed - 1) % values.length)];
    int below = 0;
    for (int back = 0; back < ranked(); back++) {
      below += values[(int) ((closed - 1 - back) % values.length)] <= newest ? 1 : 0;
    }
    return (double) below / ranked();
  }

  /** How full the bucket that forms is, in percent. */
  double percent() {
    return isOpen ? 100 * (target - Wide.doubleValue(room, 0)) / target : 0;
  }

  /** The first id of the oldest bucket, or of the one that forms. */
  long oldestId(long otherwise) {
    if (closed == 0) {
      return formingId(otherwise);
    }
    return firstIds[index(size() - 1)];
  }

  /** When the oldest bucket was opened. */
  long oldestTime(long otherwise) {
    if (closed == 0) {
      return isOpen ? openTime : otherwise;
    }
    return openTimes[index(size() - 1)];
  }

  long newestId() {
    return firstIds[index(0)];
  }

  long newestTime() {
    return openTimes[index(0)];
  }

  /** Microseconds that the newest bucket took to fill. */
  long newestDuration() {
    return closeTimes[index(0)] - openTimes[index(0)];
  }

  long formingId(long otherwise) {
    return isOpen ? firstId : otherwise;
  }

  /** How many of the buckets have a hole. */
  int holed() {
    int holed = 0;
    for (int back = 0; back < size(); back++) {
      holed += missings[index(back)] > 0 ? 1 : 0;
    }
    return holed;
  }

  /** The newest buckets, newest first. */
  List<MetricRow> rows(int most, Instrument instrument) {
    List<MetricRow> rows = new ArrayList<>();
    for (int back = 0; back < Math.min(most, size()); back++) {
      int i = index(back);
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("start", Clock.instant(openTimes[i]).toString());
      fields.put("end", Clock.instant(closeTimes[i]).toString());
      fields.put("volume", units(volumes[i], instrument));
      fields.put("delta", units(imbalances[i], instrument));
      fields.put("missing", BigDecimal.valueOf(missings[i]));
      fields.put("complete", missings[i] == 0 ? "true" : "false");
      rows.add(new MetricRow(fields));
    }
    return rows;
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(closed);
    for (int back = size() - 1; back >= 0; back--) {
      int i = index(back);
      out.writeDouble(imbalances[i]);
      out.writeDouble(volumes[i]);
      out.writeLong(firstIds[i]);
      out.writeLong(openTimes[i]);
      out.writeLong(closeTimes[i]);
      out.writeLong(missings[i]);
    }
    for (int back = ranked() - 1; back >= 0; back--) {
      out.writeDouble(values[(int) ((closed - 1 - back) % values.length)]);
    }
    out.writeBoolean(isOpen);
    out.writeLong(room[0]);
    out.writeLong(room[1]);
    out.writeDouble(target);
    out.writeDouble(imbalance);
    out.writeLong(firstId);
    out.writeLong(openTime);
    out.writeLong(missing);
    out.writeLong(missingFrom);
  }

  void restore(DataInput in) throws IOException {
    closed = in.readLong();
    for (int back = size() - 1; back >= 0; back--) {
      int i = index(back);
      imbalances[i] = in.readDouble();
      volumes[i] = in.readDouble();
      firstIds[i] = in.readLong();
      openTimes[i] = in.readLong();
      closeTimes[i] = in.readLong();
      missings[i] = in.readLong();
    }
    for (int back = ranked() - 1; back >= 0; back--) {
      values[(int) ((closed - 1 - back) % values.length)] = in.readDouble();
    }
    isOpen = in.readBoolean();
    room[0] = in.readLong();
    room[1] = in.readLong();
    target = in.readDouble();
    imbalance = in.readDouble();
    firstId = in.readLong();
    openTime = in.readLong();
    missing = in.readLong();
    missingFrom = in.readLong();
  }

  private void open(long id, long time) {
    if (!isOpen) {
      isOpen = true;
      BigInteger whole = size.get();
      room[0] = whole.shiftRight(Long.SIZE).longValueExact();
      room[1] = whole.longValue();
      target = whole.doubleValue();
      imbalance = 0;
      firstId = missing > 0 ? missingFrom : id;
      openTime = time;
    }
  }

  private void close(long time) {
    int i = (int) (closed % imbalances.length);
    imbalances[i] = imbalance;
    volumes[i] = target;
    firstIds[i] = firstId;
    openTimes[i] = openTime;
    closeTimes[i] = time;
    missings[i] = missing;
    closed++;
    if (closed >= imbalances.length) {
      values[(int) ((closed - 1) % values.length)] = vpin();
    }
    isOpen = false;
    missing = 0;
  }

  /**
   * Of a huge trade, the volume that may be left out because it fills whole buckets that are alike
   * and that others like them will have pushed out again.
   */
  private long alike(long left) {
    long each = size.get().min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    // Twice as many as are kept, so that nothing is left that could tell.
    long needed = 2L * (imbalances.length + values.length);
    long whole = left / each;
    return whole <= needed ? 0 : (whole - needed) * each;
  }

  private int index(int back) {
    return (int) ((closed - 1 - back) % imbalances.length);
  }

  private static BigDecimal units(double fixed, Instrument instrument) {
    return new BigDecimal(fixed).movePointLeft(instrument.quantityScale());
  }
}
