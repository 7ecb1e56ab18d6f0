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
  private final long sequence;

  /**
   * A view of rows.
   *
   * @param sequence the sequence number on the tape of the first one
   */
  TapeBatch(Instrument instrument, long[] rows, int from, int size, long sequence) {
    this.instrument = instrument;
    this.rows = rows;
    this.from = from;
    this.size = size;
    this.sequence = sequence;
  }

  /** The sequence number on the tape of the first trade. */
  long sequence() {
    return sequence;
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

  /** The first trades of this batch. */
  TapeBatch first(int count) {
    return new TapeBatch(instrument, rows, from, Math.min(count, size), sequence);
  }

  /** How many trades from the first on have no hole between them. */
  int contiguous() {
    int run = 1;
    while (run < size && follows(run, id(run - 1))) {
      run++;
    }
    return Math.min(run, size);
  }

  /** Whether no trade is missing between an id and the trade at an index. */
  boolean follows(int index, long id) {
    return id(index) == id + 1 || TapeRow.isAfterAbsent(rows[row(index) + TapeRow.FLAGS]);
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
