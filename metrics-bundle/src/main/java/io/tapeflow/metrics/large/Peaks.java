package io.tapeflow.metrics.large;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.Wide;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The orders of one side that no later one reaches in value, oldest and greatest first. Whatever
 * value is asked for, the newest order that reaches it is among them; a table of the newest orders
 * loses a great one behind many small ones. They are few, and adding one allocates nothing.
 */
final class Peaks {
  /** Bounds their number, should each order be smaller than the one before. */
  static final int MOST = 1_000;

  // The numbers of one of them; those from the first id on are the order's own.
  private static final int TIME = 0;
  private static final int FIRST_ID = 1;
  private static final int LAST_ID = 2;
  private static final int PRICE = 3;
  private static final int QUANTITY = 4;
  private static final int VALUE = 5;
  private static final int WIDTH = 7;

  private final Instrument instrument;
  private final long ageMicros;

  /** Behind the last there is room for one that may still grow. */
  private final long[] numbers = new long[(MOST + 1) * WIDTH];

  /** Each in words, once it has been asked for. */
  private final MetricRow[] rows = new MetricRow[MOST + 1];

  private int size;
  private long forgottenUpTo = Long.MIN_VALUE;

  /**
   * None yet.
   *
   * @param ageMicros age at which they are forgotten
   */
  Peaks(Instrument instrument, long ageMicros) {
    this.instrument = instrument;
    this.ageMicros = ageMicros;
  }

  /**
   * Takes in an order that does not grow any more.
   *
   * @param time of the order, not less than that of those before it
   */
  void add(Parent order, long time) {
    while (size > 0 && numbers[TIME] <= time - ageMicros) {
      dropOldest();
    }
    int place = put(order, time);
    System.arraycopy(numbers, size * WIDTH, numbers, place * WIDTH, WIDTH);
    rows[place] = null;
    size = place + 1;
    if (size > MOST) {
      forgottenUpTo = numbers[TIME];
      dropOldest();
    }
  }

  /**
   * Those younger than the age as of some moment, newest first.
   *
   * @param growing an order that may still grow; null if there is none of this side
   * @param growingTime its time
   */
  List<MetricRow> asOf(long now, Parent growing, long growingTime) {
    List<MetricRow> young = new ArrayList<>();
    int older = size;
    if (growing != null && growingTime > now - ageMicros) {
      older = put(growing, growingTime);
      young.add(row(size));
    }
    for (int i = older - 1; i >= 0 && numbers[i * WIDTH + TIME] > now - ageMicros; i--) {
      if (rows[i] == null) {
        rows[i] = row(i);
      }
      young.add(rows[i]);
    }
    return young;
  }

  /** Why it is not all of them as of some moment; empty if it is. */
  String lack(long now) {
    return forgottenUpTo > now - ageMicros ? "Holds the newest " + MOST + " only" : "";
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(forgottenUpTo);
    out.writeInt(size);
    for (int i = 0; i < size * WIDTH; i++) {
      out.writeLong(numbers[i]);
    }
  }

  void restore(DataInput in) throws IOException {
    forgottenUpTo = in.readLong();
    size = in.readInt();
    if (size < 0 || size > MOST) {
      throw new IOException("State holds " + size + " peaks, allowed are 0 to " + MOST);
    }
    for (int i = 0; i < size * WIDTH; i++) {
      numbers[i] = in.readLong();
    }
    Arrays.fill(rows, null);
  }

  /** Puts an order behind the last; returns how many of those before are greater. */
  private int put(Parent order, long time) {
    numbers[size * WIDTH + TIME] = time;
    order.put(numbers, size * WIDTH + FIRST_ID);
    int greater = size;
    while (greater > 0 && Wide.compare(numbers, value(greater - 1), value(size)) <= 0) {
      greater--;
    }
    return greater;
  }

  private void dropOldest() {
    size--;
    System.arraycopy(numbers, WIDTH, numbers, 0, size * WIDTH);
    System.arraycopy(rows, 1, rows, 0, size);
  }

  private static int value(int index) {
    return index * WIDTH + VALUE;
  }

  private MetricRow row(int index) {
    int at = index * WIDTH;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("firstId", BigDecimal.valueOf(numbers[at + FIRST_ID]));
    fields.put("lastId", BigDecimal.valueOf(numbers[at + LAST_ID]));
    fields.put("timeMicros", BigDecimal.valueOf(numbers[at + TIME]));
    fields.put("price", instrument.price(numbers[at + PRICE]));
    fields.put("quantity", instrument.quantity(numbers[at + QUANTITY]));
    int scale = instrument.priceScale() + instrument.quantityScale();
    fields.put("value", Wide.decimal(numbers, at + VALUE, scale));
    return new MetricRow(fields);
  }
}
