package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeBatch;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Late trades find their place, and no reader sees anything change under it. */
class TapeAmendmentTest {
  private static final Instrument BTC = new Instrument("test", "BTCUSDT", 2, 5);

  private final Tape tape =
      new Tape(BTC, new Tape.TapeLimits(Duration.ofHours(1), 100_000, 1L << 30));

  @Test
  void lateTradesStandAtTheirPlaceAndAreFlagged() {
    append(1, 5);
    tape.gap(6, 8);
    append(9, 10);
    TradeBatch before = tape.latest(100);
    assertThat(tape.view().isMissing(7)).isTrue();

    assertThat(amend(7, 7)).isTrue();
    assertThat(ids(tape.latest(100))).containsExactly(1, 2, 3, 4, 5, 7, 9, 10);
    assertThat(tape.from(7, 1).repaired(0)).isTrue();
    assertThat(tape.view().holesFrom(0)).hasToString("6 to 6, 8 to 8");
    assertThat(amend(7, 7)).as("once").isFalse();

    assertThat(amend(6, 6)).isTrue();
    assertThat(tape.amend(8, 8, new long[0], 0)).as("never was").isTrue();
    append(11, 12);
    assertThat(ids(tape.latest(100))).containsExactly(1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12);
    assertThat(tape.view().holesFrom(0).isEmpty()).isTrue();
    assertThat(ids(before)).containsExactly(1, 2, 3, 4, 5, 9, 10);
  }

  @Test
  void aLongHoleIsFilledOverManySegments() {
    append(1, 3_000);
    tape.gap(3_001, 8_000);
    append(8_001, 20_000);
    append(20_001, 20_002);
    assertThat(amend(5_000, 6_500)).isTrue();
    assertThat(amend(3_001, 4_999)).isTrue();
    assertThat(amend(6_501, 8_000)).isTrue();
    assertThat(ids(tape.latest(100_000))).containsExactly(range(1, 20_002));
    assertThat(ids(tape.from(4_990, 3_100))).containsExactly(range(4_990, 8_089));
    assertThat(tape.size()).isEqualTo(20_002);
    assertThat(tape.bytes()).isLessThan((20_002L + 2 * TapeSegment.ROWS) * TapeRow.BYTES);
    for (TapeSegment segment : tape.view().segments()) {
      assertThat(segment.count()).isBetween(1, TapeSegment.ROWS);
    }
  }

  @Test
  void oneLateTradeAtATimeDoesNotCrumbleTheTape() {
    append(1, 2_000);
    for (long id = 2_002; id <= 12_000; id += 2) {
      tape.gap(id - 1, id - 1);
      append(id, id);
    }
    for (long id = 2_001; id < 12_000; id += 2) {
      assertThat(amend(id, id)).isTrue();
    }
    assertThat(ids(tape.latest(100_000))).containsExactly(range(1, 12_000));
    assertThat(tape.view().segments()).hasSizeLessThan(2 * 12_000 / TapeSegment.ROWS + 2);
  }

  @Test
  void whatHistoryNoLongerFollowsIsNotTaken() {
    Tape small = new Tape(BTC, new Tape.TapeLimits(Duration.ofHours(1), 2_048, 1L << 30));
    small.append(1, 1, 1, 1, 1, 0);
    small.gap(2, 3);
    for (long id = 4; id < 10_000; id++) {
      small.append(id, 1, 1, 1, 1, 0);
    }
    assertThat(small.view().holeFrom(0)).isNull();
    assertThat(small.view().isMissing(2)).isFalse();
    assertThat(small.amend(2, 2, row(2), 1)).isFalse();
  }

  @Test
  void readersSeeEveryTradeWholeAndInOrderWhileLateOnesArePutIn() throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    Thread writer = new Thread(() -> writeWithHoles(done));
    writer.start();
    long reads = 0;
    while (!done.get()) {
      TapeView view = tape.view();
      TradeBatch batch = view.latest(3_000);
      IdRanges holes = view.holesFrom(0);
      for (int i = 0; i < batch.size(); i++) {
        long id = batch.id(i);
        assertThat(batch.price(i)).isEqualTo(id);
        assertThat(batch.timeMicros(i)).isEqualTo(id);
        assertThat(holes.contains(id)).isFalse();
        assertThat(i == 0 || id == batch.id(i - 1) + 1 || holes.covers(batch.id(i - 1) + 1, id - 1))
            .as("what is left out between %d and %d is a hole", i == 0 ? id : batch.id(i - 1), id)
            .isTrue();
      }
      reads++;
    }
    writer.join();
    assertThat(reads).isPositive();
  }

  private void writeWithHoles(AtomicBoolean done) {
    Random random = new Random(5);
    IdRanges open = new IdRanges();
    long id = 1;
    for (int i = 0; i < 20_000; i++) {
      if (id > 1 && random.nextInt(4) == 0) {
        long last = id + random.nextInt(5);
        tape.gap(id, last);
        open.add(id, last);
        id = last + 1;
      }
      append(id, id + random.nextInt(20));
      id = tape.view().lastId() + 1;
      if (!open.isEmpty() && random.nextInt(3) == 0) {
        int which = random.nextInt(open.size());
        amend(open.first(which), open.last(which));
        open.remove(open.first(which), open.last(which));
      }
    }
    done.set(true);
  }

  private void append(long first, long last) {
    for (long id = first; id <= last; id++) {
      tape.append(id, id, 1, id, 1, TapeRow.flags(true, 1, false, false));
    }
  }

  private boolean amend(long first, long last) {
    long[] rows = new long[(int) (last - first + 1) * TapeRow.LONGS];
    for (long id = first; id <= last; id++) {
      System.arraycopy(row(id), 0, rows, (int) (id - first) * TapeRow.LONGS, TapeRow.LONGS);
    }
    return tape.amend(first, last, rows, (int) (last - first + 1));
  }

  private static long[] row(long id) {
    return new long[] {id, id, 1, id, 1, TapeRow.flags(true, 1, true, false)};
  }

  private static long[] ids(TradeBatch batch) {
    return LongStream.range(0, batch.size()).map(i -> batch.id((int) i)).toArray();
  }

  private static long[] range(long first, long last) {
    return LongStream.rangeClosed(first, last).toArray();
  }
}
