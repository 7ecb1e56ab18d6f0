package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import io.tapeflow.api.trade.TradeBatch;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TapeTest {
  private static final Instrument BTC = new Instrument("test", "BTCUSDT", 2, 5);
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void whatIsWrittenIsRead() {
    Tape tape = tape(HOUR, 10_000, 1 << 20);
    tape.append(7, 6_401_230, 150_000, 1_000, 1_500, TapeRow.flags(false, 3, true, true));

    Trade trade = tape.latest(1).get(0);

    assertThat(trade)
        .isEqualTo(new Trade(BTC, 7, 6_401_230, 150_000, 1_000, 1_500, Side.SELL, 3, true, true));
    assertThat(trade.priceDecimal()).isEqualByComparingTo("64012.30");
    assertThat(trade.quantityDecimal()).isEqualByComparingTo("1.5");
  }

  @Test
  void anEmptyTapeAnswersWithNothing() {
    Tape tape = tape(HOUR, 10_000, 1 << 20);
    assertThat(tape.latest(10).size()).isZero();
    assertThat(tape.from(1, 10).size()).isZero();
    assertThat(tape.view().after(-1, 10)).isNull();
    assertThat(tape.view().coverage()).isZero();
    assertThatThrownBy(() -> tape.latest(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsSpanSegments() {
    Tape tape = tape(HOUR, 100_000, 1L << 30);
    fill(tape, 1, 5_000);

    assertThat(ids(tape.latest(3_000))).containsExactly(range(2_001, 5_000));
    assertThat(ids(tape.from(1_000, 2_000))).containsExactly(range(1_000, 2_999));
    assertThat(ids(tape.from(4_990, 2_000))).containsExactly(range(4_990, 5_000));
    assertThat(tape.from(5_001, 10).size()).isZero();
    assertThat(tape.size()).isEqualTo(5_000);
  }

  @Test
  void readingByIdGoesOnWithoutHoleOrRepeat() {
    Tape tape = tape(HOUR, 100_000, 1L << 30);
    fill(tape, 1, 3_333);
    long expected = 1;
    TapeBatch batch = tape.view().after(-1, 100);
    while (batch != null) {
      for (Trade trade : batch) {
        assertThat(trade.id()).isEqualTo(expected++);
      }
      batch = tape.view().after(expected - 1, 100);
    }
    assertThat(expected).isEqualTo(3_334);
  }

  @Test
  void countBytesAndAgeBoundIt() {
    Tape byCount = tape(HOUR, 4_096, 1L << 30);
    fill(byCount, 1, 50_000);
    assertThat(byCount.size()).isBetween(3_000L, 4_096L);
    assertThat(ids(byCount.latest(1))).containsExactly(50_000);

    Tape byBytes = tape(HOUR, 1_000_000, 200_000);
    fill(byBytes, 1, 50_000);
    assertThat(byBytes.bytes()).isLessThanOrEqualTo(200_000);

    // One trade a millisecond, kept for 5 seconds.
    Tape byAge = tape(Duration.ofSeconds(5), 1_000_000, 1L << 30);
    fill(byAge, 1, 50_000);
    assertThat(byAge.size()).isBetween(5_000L, 5_000L + 2 * TapeSegment.ROWS);
    assertThat(byAge.view().coverage()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
  }

  @Test
  void aNumberThatHasBeenDroppedIsAnsweredWithTheOldestHeld() {
    Tape tape = tape(HOUR, 4_096, 1L << 30);
    fill(tape, 1, 50_000);
    long dropped = 50_000 - tape.size();
    assertThat(tape.view().droppedTo()).isEqualTo(dropped);
    assertThat(tape.view().after(0, 1).id(0)).isEqualTo(dropped + 1);
    assertThat(tape.view().after(49_999, 1).id(0)).isEqualTo(50_000);
    assertThat(tape.view().after(50_000, 1)).isNull();
    assertThat(tape.from(1, 1).id(0)).isEqualTo(dropped + 1);
  }

  @Test
  void aBatchStaysAsItIsWhileTheTapeGoesOn() {
    Tape tape = tape(HOUR, 2_048, 1L << 30);
    fill(tape, 1, 100);
    TradeBatch batch = tape.view().after(0, 100);
    fill(tape, 101, 50_000);
    assertThat(ids(batch)).containsExactly(range(1, 100));
  }

  @Test
  void aSliceIsAPartOfTheBatchAndNothingElse() {
    Tape tape = tape(HOUR, 2_048, 1L << 30);
    fill(tape, 1, 100);
    TradeBatch whole = tape.view().after(0, 100);
    TradeBatch slice = whole.slice(10, 13);
    assertThat(ids(slice)).containsExactly(11, 12, 13);
    assertThat(slice.get(2)).isEqualTo(whole.get(12));
    assertThat(ids(slice.slice(1, 2))).containsExactly(12);
    assertThat(slice.slice(3, 3).size()).isZero();
    assertThatThrownBy(() -> slice.id(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.slice(1, 4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void readersNeverSeeATornTrade() throws InterruptedException {
    Tape tape = tape(HOUR, 8_192, 1L << 30);
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              for (long id = 1; id <= 2_000_000; id++) {
                tape.append(id, id, id, id, id, TapeRow.flags((id & 1) == 0, 1, false, false));
              }
              done.set(true);
            });
    writer.start();
    while (!done.get()) {
      TradeBatch batch = tape.latest(500);
      for (int i = 0; i < batch.size(); i++) {
        long id = batch.id(i);
        assertThat(batch.price(i)).isEqualTo(id);
        assertThat(batch.quantity(i)).isEqualTo(id);
        assertThat(batch.receivedMicros(i)).isEqualTo(id);
        assertThat(batch.aggressor(i)).isEqualTo((id & 1) == 0 ? Side.BUY : Side.SELL);
        assertThat(i == 0 || id == batch.id(i - 1) + 1).isTrue();
      }
    }
    writer.join();
  }

  private static Tape tape(Duration age, long trades, long bytes) {
    return new Tape(BTC, new Tape.TapeLimits(age, trades, bytes));
  }

  private static void fill(Tape tape, long firstId, long lastId) {
    for (long id = firstId; id <= lastId; id++) {
      tape.append(id, 1, 1, id * 1_000, 0, TapeRow.flags(true, 1, false, false));
    }
  }

  private static long[] ids(TradeBatch batch) {
    long[] ids = new long[batch.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = batch.id(i);
    }
    return ids;
  }

  private static long[] range(long first, long last) {
    return java.util.stream.LongStream.rangeClosed(first, last).toArray();
  }
}
