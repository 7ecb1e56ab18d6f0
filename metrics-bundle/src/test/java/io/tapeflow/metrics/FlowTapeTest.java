package io.tapeflow.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.Trade;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlowTapeTest {
  private static final Instrument INSTRUMENT = new Instrument("test", "X", 0, 0);

  @Test
  void thereIsNothingToReadBeforeATrade() {
    assertThat(new FlowTape(INSTRUMENT).read()).isNull();
  }

  @Test
  void whatWasReadStaysAsItWas() {
    FlowTape tape = new FlowTape(INSTRUMENT);
    print(tape, 1, 1_000);
    FlowReading early = tape.read();
    for (int id = 1_001; id < 5_000; id++) {
      print(tape, id, 1);
    }
    assertThat(early.lastId()).isEqualTo(1_000);
    assertThat(early.all().volume()).isEqualByComparingTo("1000");
    assertThat(early.after(900).volume()).isEqualByComparingTo("100");
  }

  @Test
  void aTapeForgetsWhatNoWindowNeeds() {
    FlowTape tape = new FlowTape(INSTRUMENT);
    print(tape, 1, 10_000);
    FlowReading reading = tape.read();
    assertThat(reading.reach())
        .as("within a segment of the longest window")
        .isBetween(10_000L - 100 - FlowMarks.SEGMENT, 10_000L - 100);
    assertThat(reading.after(9_900).volume()).isEqualByComparingTo("100");
    assertThat(reading.all().volume()).isEqualByComparingTo("10000");
  }

  /** Beyond its bound a tape says that it does not reach far enough, and stays exact. */
  @Test
  void aTapeIsBounded() {
    FlowTape tape = new FlowTape(INSTRUMENT, 2);
    append(tape, trades(1, 10_000), Long.MAX_VALUE / 2);
    FlowReading reading = tape.read();
    long reach = reading.reach();
    assertThat(reach).isBetween(10_000L - 2 * FlowMarks.SEGMENT, 10_000L - FlowMarks.SEGMENT);
    assertThat(reading.after(0).volume()).isEqualByComparingTo(Long.toString(10_000 - reach));
    Stretch window = Scope.window(1).of(reading, 10_000);
    assertThat(window.isCovered()).isFalse();
    assertThat(window.basis().sinceMicros()).isEqualTo(reach);
  }

  /** Trades at one time share a mark, so that memory is bounded by time. */
  @Test
  void aBurstTakesOneMark() {
    FlowTape tape = new FlowTape(INSTRUMENT, 1);
    for (int id = 1; id <= 100_000; id++) {
      append(tape, new TestBatch(List.of(trade(id, 7))), 100);
    }
    print(tape, 100_001, 1);
    assertThat(tape.read().reach()).isEqualTo(7);
    assertThat(tape.read().after(6).volume()).isEqualByComparingTo("100001");
    assertThat(tape.read().after(7).volume()).isEqualByComparingTo("1");
  }

  private static void print(FlowTape tape, int firstId, int count) {
    append(tape, trades(firstId, count), 100);
  }

  private static void append(FlowTape tape, TestBatch trades, long keepMicros) {
    for (int i = 0; i < trades.size(); i++) {
      Replay.give(tape, trades, i);
    }
    tape.publish(keepMicros);
  }

  /** The time is the id. */
  private static TestBatch trades(int firstId, int count) {
    return new TestBatch(
        IntStream.range(firstId, firstId + count).mapToObj(id -> trade(id, id)).toList());
  }

  private static Trade trade(int id, long time) {
    return new Trade(INSTRUMENT, id, 1, 1, time, time, Side.BUY, 1, false, false);
  }
}
