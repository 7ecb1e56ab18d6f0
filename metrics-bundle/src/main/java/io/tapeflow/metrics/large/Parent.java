package io.tapeflow.metrics.large;

import io.tapeflow.metrics.Wide;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A taker's order, put together from the aggregate trades that follow each other at the same time
 * and on the same side: a sweep through several prices is printed as one trade for each. Used again
 * for one order after the other.
 */
public final class Parent {
  private final long joinMicros;
  private boolean open;
  private boolean buy;
  private long firstId;
  private long lastId;
  private long firstTime;
  private long lastTime;
  private long firstPrice;
  private long lastPrice;
  private long quantity;
  private final long[] value = new long[2];
  private int levels;

  /**
   * No order yet.
   *
   * @param joinMicros how far apart in time consecutive trades of one order may be
   */
  public Parent(long joinMicros) {
    this.joinMicros = joinMicros;
  }

  /**
   * Whether a trade belongs to this order. One whose quantity no longer fits begins a new order.
   */
  public boolean isContinuedBy(long time, long size, boolean isBuy) {
    return open
        && buy == isBuy
        && Math.abs(time - lastTime) <= joinMicros
        && size <= Long.MAX_VALUE - quantity;
  }

  /** Begins with a trade; what was before is forgotten. */
  public void begin(long id, long time, long price, long size, boolean isBuy) {
    open = true;
    buy = isBuy;
    firstId = id;
    firstTime = time;
    firstPrice = price;
    lastPrice = price;
    quantity = 0;
    value[0] = 0;
    value[1] = 0;
    levels = 1;
    add(id, time, price, size);
  }

  /** Goes on with a trade. */
  public void add(long id, long time, long price, long size) {
    levels += price == lastPrice ? 0 : 1;
    lastId = id;
    lastTime = time;
    lastPrice = price;
    quantity += size;
    Wide.addProduct(value, 0, price, size);
  }

  /** No trade joins it any more. */
  public void close() {
    open = false;
  }

  /** Whether further trades may join it. */
  public boolean isOpen() {
    return open;
  }

  /** Whether it bought. */
  public boolean isBuy() {
    return buy;
  }

  /** Its quantity, fixed-point. */
  public long quantity() {
    return quantity;
  }

  /** The upper half of its value, price x quantity. */
  long valueHigh() {
    return value[0];
  }

  /** The lower half of its value, unsigned. */
  long valueLow() {
    return value[1];
  }

  /** Puts its ids, last price, quantity and value into an array. */
  void put(long[] numbers, int at) {
    numbers[at] = firstId;
    numbers[at + 1] = lastId;
    numbers[at + 2] = lastPrice;
    numbers[at + 3] = quantity;
    numbers[at + 4] = value[0];
    numbers[at + 5] = value[1];
  }

  /** It as a value of its own. */
  LargeTrade snapshot(long time, int tier, int rules, boolean alert) {
    return new LargeTrade(
        firstId,
        lastId,
        time,
        lastTime - firstTime,
        buy,
        quantity,
        value[0],
        value[1],
        firstPrice,
        lastPrice,
        levels,
        tier,
        rules,
        alert);
  }

  /** Writes it. */
  public void save(DataOutput out) throws IOException {
    out.writeBoolean(open);
    out.writeBoolean(buy);
    out.writeLong(firstId);
    out.writeLong(lastId);
    out.writeLong(firstTime);
    out.writeLong(lastTime);
    out.writeLong(firstPrice);
    out.writeLong(lastPrice);
    out.writeLong(quantity);
    out.writeLong(value[0]);
    out.writeLong(value[1]);
    out.writeInt(levels);
  }

  /** Takes over what was written. */
  public void restore(DataInput in) throws IOException {
    open = in.readBoolean();
    buy = in.readBoolean();
    firstId = in.readLong();
    lastId = in.readLong();
    firstTime = in.readLong();
    lastTime = in.readLong();
    firstPrice = in.readLong();
    lastPrice = in.readLong();
    quantity = in.readLong();
    value[0] = in.readLong();
    value[1] = in.readLong();
    levels = in.readInt();
  }
}
