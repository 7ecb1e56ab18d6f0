package io.tapeflow.metrics.bar;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.Wide;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * The sums of the bar that forms. Volume and delta are kept rather than what was bought and what
 * was sold: the halves of their sum and difference are those. All are 128-bit numbers.
 */
final class FormingBar {
  static final int VOLUME = 0;
  static final int DELTA = 2;
  static final int VALUE = 4;
  private static final int MAX_DELTA = 6;
  private static final int MIN_DELTA = 8;
  private static final int SLOTS = 10;
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  final long[] sums = new long[SLOTS];
  long number;
  boolean partial;
  long openTime;
  long closeTime;
  long firstId;
  long lastId;
  long open;
  long high;
  long low;
  long close;
  long buyTrades;
  long sellTrades;
  long fills;
  long missing;

  private final int quantityScale;
  private final int valueScale;

  FormingBar(Instrument instrument) {
    quantityScale = instrument.quantityScale();
    valueScale = instrument.priceScale() + quantityScale;
  }

  void open(long atNumber, long id, long price, long opens, long closes) {
    Arrays.fill(sums, 0);
    number = atNumber;
    partial = false;
    openTime = opens;
    closeTime = closes;
    firstId = id;
    lastId = id - 1;
    open = price;
    high = price;
    low = price;
    close = price;
    buyTrades = 0;
    sellTrades = 0;
    fills = 0;
    missing = 0;
  }

  void add(long id, long price, long quantity, boolean buy) {
    lastId = id;
    close = price;
    if (price > high) {
      high = price;
    }
    if (price < low) {
      low = price;
    }
    Wide.add(sums, VOLUME, quantity);
    Wide.addProduct(sums, VALUE, price, quantity);
    if (sums[VALUE] < 0) {
      throw new ArithmeticException(
          "The sum of price x quantity in a bar exceeds 127 bits at trade " + id);
    }
    if (buy) {
      Wide.add(sums, DELTA, quantity);
      if (Wide.compare(sums, DELTA, MAX_DELTA) > 0) {
        Wide.copy(sums, DELTA, MAX_DELTA);
      }
    } else {
      Wide.subtract(sums, DELTA, quantity);
      if (Wide.compare(sums, DELTA, MIN_DELTA) < 0) {
        Wide.copy(sums, DELTA, MIN_DELTA);
      }
    }
  }

  void count(boolean buy, int singleFills) {
    if (buy) {
      buyTrades++;
    } else {
      sellTrades++;
    }
    fills += singleFills;
  }

  long trades() {
    return buyTrades + sellTrades;
  }

  Bar bar(int version) {
    BigDecimal volume = Wide.decimal(sums, VOLUME, quantityScale);
    BigDecimal delta = Wide.decimal(sums, DELTA, quantityScale);
    BigDecimal buy = volume.add(delta).divide(TWO).setScale(quantityScale);
    return new Bar(
        number,
        version,
        partial,
        openTime,
        closeTime,
        firstId,
        lastId,
        open,
        high,
        low,
        close,
        buy,
        volume.subtract(buy),
        Wide.decimal(sums, MAX_DELTA, quantityScale),
        Wide.decimal(sums, MIN_DELTA, quantityScale),
        Wide.decimal(sums, VALUE, valueScale),
        buyTrades,
        sellTrades,
        fills,
        missing);
  }

  void save(DataOutput out) throws IOException {
    for (long word : sums) {
      out.writeLong(word);
    }
    out.writeBoolean(partial);
    for (long word :
        new long[] {
          number,
          openTime,
          closeTime,
          firstId,
          lastId,
          open,
          high,
          low,
          close,
          buyTrades,
          sellTrades,
          fills,
          missing
        }) {
      out.writeLong(word);
    }
  }

  void restore(DataInput in) throws IOException {
    for (int i = 0; i < SLOTS; i++) {
      sums[i] = in.readLong();
    }
    partial = in.readBoolean();
    number = in.readLong();
    openTime = in.readLong();
    closeTime = in.readLong();
    firstId = in.readLong();
    lastId = in.readLong();
    open = in.readLong();
    high = in.readLong();
    low = in.readLong();
    close = in.readLong();
    buyTrades = in.readLong();
    sellTrades = in.readLong();
    fills = in.readLong();
    missing = in.readLong();
  }
}
