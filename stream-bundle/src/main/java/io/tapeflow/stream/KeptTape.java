package io.tapeflow.stream;

/** What a tape held when it was kept. */
final class KeptTape {
  private final long[] rows;
  private final int count;
  private final IdRanges holes;

  /**
   * A record.
   *
   * @param rows as in {@link TapeRow}, ascending by id
   * @param count their number; at least 1
   * @param holes the ids missing among them
   */
  KeptTape(long[] rows, int count, IdRanges holes) {
    this.rows = rows;
    this.count = count;
    this.holes = holes;
  }

  /** What a tape holds now; null if that is nothing. */
  static KeptTape of(TapeView view) {
    if (view.isEmpty()) {
      return null;
    }
    TapeBatch all = view.latest((int) view.size());
    return new KeptTape(all.rows(), all.size(), view.holesFrom(0));
  }

  long[] rows() {
    return rows;
  }

  int count() {
    return count;
  }

  IdRanges holes() {
    return holes;
  }

  long lastId() {
    return rows[(count - 1) * TapeRow.LONGS + TapeRow.ID];
  }

  long lastTime() {
    return rows[(count - 1) * TapeRow.LONGS + TapeRow.TIME];
  }
}
