package io.tapeflow.metrics.absorption;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The last ten slots of trades, each a tenth of the window; slots lie on the grid of the epoch.
 * Volumes are doubles: exact up to 2^53 units, and beyond them good to 15 digits, without a limit.
 */
final class EffortWindow {
  static final int SLOTS = 10;

  private final Slot[] slots = new Slot[SLOTS];

  EffortWindow() {
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Slot();
    }
  }

  /** Adds a trade to a slot; one that was used for an earlier time is emptied. */
  void add(long number, long id, long price, long quantity, double value, boolean buy) {
    Slot slot = slots[index(number)];
    if (slot.number != number || slot.firstId < 0) {
      slot.begin(number, id, price);
    }
    slot.low = Math.min(slot.low, price);
    slot.high = Math.max(slot.high, price);
    slot.last = price;
    if (buy) {
      slot.bought += quantity;
      slot.boughtValue += value;
    } else {
      slot.sold += quantity;
      slot.soldValue += value;
    }
  }

  /** One slot; null if nothing was traded in it. */
  Slot slot(long number) {
    Slot slot = slots[index(number)];
    return slot.firstId >= 0 && slot.number == number ? slot : null;
  }

  /** All slots up to this one, as one; null if nothing was traded in them. */
  Slot total(long last) {
    Slot total = null;
    for (long number = last - SLOTS + 1; number <= last; number++) {
      Slot slot = slot(number);
      if (slot != null) {
        if (total == null) {
          total = new Slot();
          total.begin(number, slot.firstId, slot.first);
        }
        total.add(slot);
      }
    }
    return total;
  }

  void save(DataOutput out) throws IOException {
    for (Slot slot : slots) {
      out.writeLong(slot.number);
      out.writeLong(slot.firstId);
      out.writeLong(slot.first);
      out.writeLong(slot.last);
      out.writeLong(slot.low);
      out.writeLong(slot.high);
      out.writeDouble(slot.bought);
      out.writeDouble(slot.sold);
      out.writeDouble(slot.boughtValue);
      out.writeDouble(slot.soldValue);
    }
  }

  void restore(DataInput in) throws IOException {
    for (Slot slot : slots) {
      slot.number = in.readLong();
      slot.firstId = in.readLong();
      slot.first = in.readLong();
      slot.last = in.readLong();
      slot.low = in.readLong();
      slot.high = in.readLong();
      slot.bought = in.readDouble();
      slot.sold = in.readDouble();
      slot.boughtValue = in.readDouble();
      slot.soldValue = in.readDouble();
    }
  }

  private static int index(long number) {
    return Math.floorMod(number, SLOTS);
  }

  /** What was traded in some time. */
  static final class Slot {
    private long number;
    private long firstId = -1;
    private long first;
    private long last;
    private long low;
    private long high;
    private double bought;
    private double sold;
    private double boughtValue;
    private double soldValue;

    private void begin(long at, long id, long price) {
      number = at;
      firstId = id;
      first = price;
      last = price;
      low = price;
      high = price;
      bought = 0;
      sold = 0;
      boughtValue = 0;
      soldValue = 0;
    }

    private void add(Slot slot) {
      last = slot.last;
      low = Math.min(low, slot.low);
      high = Math.max(high, slot.high);
      bought += slot.bought;
      sold += slot.sold;
      boughtValue += slot.boughtValue;
      soldValue += slot.soldValue;
    }

    long firstId() {
      return firstId;
    }

    long first() {
      return first;
    }

    long last() {
      return last;
    }

    long low() {
      return low;
    }

    long high() {
      return high;
    }

    boolean isBought() {
      return bought >= sold;
    }

    /** How far the price has gone the dominant side's way. */
    double move() {
      return (double) (isBought() ? last - first : first - last);
    }

    /** Volume of the dominant side. */
    double effort() {
      return Math.max(bought, sold);
    }

    /** Value of the dominant side. */
    double value() {
      return isBought() ? boughtValue : soldValue;
    }

    double volume() {
      return bought + sold;
    }

    /** Bought less sold volume. */
    double net() {
      return bought - sold;
    }
  }
}
