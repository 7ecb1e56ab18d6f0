package io.tapeflow.metrics.vpin;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Who the aggressor was, by the price alone: the buyer if the last change of price was upwards, the
 * seller if it was downwards.
 */
final class TickRule {
  private long price;
  private int sign;

  /** 1 for a buyer, -1 for a seller, 0 as long as the price has not changed. */
  int sign(long now) {
    if (price != 0 && now != price) {
      sign = now > price ? 1 : -1;
    }
    price = now;
    return sign;
  }

  /** A change of price that nobody has seen says nothing. */
  void interrupt() {
    price = 0;
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(price);
    out.writeInt(sign);
  }

  void restore(DataInput in) throws IOException {
    price = in.readLong();
    sign = in.readInt();
  }
}
