package io.tapeflow.metrics.footprint;

import io.tapeflow.api.trade.Side;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Stacked imbalances of one side, and what the price has done to them since their bar closed. */
final class Zone {
  /** What later trades have done to it. */
  enum State {
    /** None came near. */
    OPEN,
    /** One came to the row next to it. */
    TOUCHED,
    /** One printed inside it. */
    FILLED
  }

  final long bar;
  final long number;
  final Side side;
  final long from;
  final long to;
  final long rowSize;
  final int rows;
  final BigDecimal volume;
  private State state = State.OPEN;
  private long touchedAt;

  /**
   * An open zone.
   *
   * @param bar how many bars had closed with its own
   * @param number of its bar
   * @param from where its lowest row begins, fixed-point
   * @param to where its highest row ends, which is not in it
   * @param volume of the imbalances in it
   */
  Zone(long bar, long number, Side side, long from, long to, long rowSize, BigDecimal volume) {
    this.bar = bar;
    this.number = number;
    this.side = side;
    this.from = from;
    this.to = to;
    this.rowSize = rowSize;
    this.volume = volume;
    rows = (int) ((to - from) / rowSize);
  }

  State state() {
    return state;
  }

  /** When a trade first came to it, or to the row next to it; 0 if none has. */
  long touchedAt() {
    return touchedAt;
  }

  boolean isNear(long price) {
    return price >= from - rowSize && price < to + rowSize;
  }

  void trade(long timeMicros, long price) {
    if (state == State.FILLED || !isNear(price)) {
      return;
    }
    if (state == State.OPEN) {
      touchedAt = timeMicros;
    }
    state = price >= from && price < to ? State.FILLED : State.TOUCHED;
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(bar);
    out.writeLong(number);
    out.writeBoolean(side == Side.BUY);
    out.writeLong(from);
    out.writeLong(to);
    out.writeLong(rowSize);
    byte[] digits = volume.unscaledValue().toByteArray();
    out.writeInt(volume.scale());
    out.writeByte(digits.length);
    out.write(digits);
    out.writeUTF(state.name());
    out.writeLong(touchedAt);
  }

  static Zone restored(DataInput in) throws IOException {
    long bar = in.readLong();
    long number = in.readLong();
    Side side = in.readBoolean() ? Side.BUY : Side.SELL;
    long from = in.readLong();
    long to = in.readLong();
    long rowSize = in.readLong();
    int scale = in.readInt();
    byte[] digits = new byte[in.readUnsignedByte()];
    in.readFully(digits);
    Zone zone =
        new Zone(
            bar, number, side, from, to, rowSize, new BigDecimal(new BigInteger(digits), scale));
    zone.state = State.valueOf(in.readUTF());
    zone.touchedAt = in.readLong();
    return zone;
  }
}
