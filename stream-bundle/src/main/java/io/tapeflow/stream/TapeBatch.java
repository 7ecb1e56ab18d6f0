package io.tapeflow.stream;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;
import java.util.Objects;

/**
 * Rows {@code from} to {@code from + size} of an array of {@link TapeRow}s, never written again.
 */
final class TapeBatch implements TradeBatch {
  private final Instrument instrument;
  private final long[] rows;
  private final int from;
  private final int size;

  TapeBatch(Instrument instrument, long[] rows, int from, int size) {
    this.instrument = instrument;
    this.rows = rows;
    this.from = from;
    this.size = size;
  }

  /** The array, if it is this batch's own. */
  long[] rows() {
    return rows;
  }

  @Override
  public Instrument instrument() {
    return instrument;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long id(int index) {
    return rows[row(index) + TapeRow.ID];
  }

  @Override
  public long price(int index) {
    return rows[row(index) + TapeRow.PRICE];
  }

  @Override
  public long quantity(int index) {
    return rows[row(index) + TapeRow.QUANTITY];
  }

  @Override
  public long timeMicros(int index) {
    return rows[row(index) + TapeRow.TIME];
  }

  @Override
  public long receivedMicros(int index) {
    return rows[row(index) + TapeRow.RECEIVED];
  }

  @Override
  public Side aggressor(int index) {
    return TapeRow.isBuy(rows[row(index) + TapeRow.FLAGS]) ? Side.BUY : Side.SELL;
  }

  @Override
  public int fills(int index) {
    return TapeRow.fills(rows[row(index) + TapeRow.FLAGS]);
  }

  @Override
  public boolean repaired(int index) {
    return TapeRow.isRepaired(rows[row(index) + TapeRow.FLAGS]);
  }

  @Override
  public boolean block(int index) {
    return TapeRow.isBlock(rows[row(index) + TapeRow.FLAGS]);
  }

  /** The trades of this batch that are ahead of an id. */
  TapeBatch before(long id) {
    int run = size;
    while (run > 0 && id(run - 1) >= id) {
      run--;
    }
    return run == size ? this : new TapeBatch(instrument, rows, from, run);
  }

  private int row(int index) {
    return (from + Objects.checkIndex(index, size)) * TapeRow.LONGS;
  }

  @Override
  public String toString() {
    return instrument.key()
        + (size == 0 ? " no trades" : " trades " + id(0) + " to " + id(size - 1));
  }
}
