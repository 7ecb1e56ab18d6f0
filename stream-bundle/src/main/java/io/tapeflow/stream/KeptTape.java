package io.tapeflow.stream;

/**
 * What a tape held when it was kept.
 *
 * @param rows as in {@link TapeRow}, ascending by id
 * @param count their number; at least 1
 * @param holes the ids missing among them
 */
record KeptTape(long[] rows, int count, IdRanges holes) {
  long lastId() {
    return rows[(count - 1) * TapeRow.LONGS + TapeRow.ID];
  }

  long lastTime() {
    return rows[(count - 1) * TapeRow.LONGS + TapeRow.TIME];
  }
}
