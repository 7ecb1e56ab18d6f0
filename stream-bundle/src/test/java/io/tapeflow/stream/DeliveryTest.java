package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapeflow.api.stream.ListenerStatus;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeAmendment;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeListener;
import io.tapeflow.tasks.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {
  private static final Instrument BTC = new Instrument("test", "BTCUSDT", 2, 5);
  private static final Instrument ETH = new Instrument("test", "ETHUSDT", 2, 5);

  private final Delivery delivery = new Delivery(Clock.SYSTEM, null);

  @AfterEach
  void close() {
    delivery.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("tapeflow-delivery"));
  }

  @Test
  void tradesComeInOrderEachOnceOnOneThread() {
    Tape tape = tape(BTC, 100_000);
    Recorder recorder = new Recorder();
    delivery.bind(recorder, Map.of());
    delivery.add(tape);
    print(tape, 1, 10_000);
    await().until(() -> recorder.ids.size() == 10_000);
    assertThat(recorder.ids).containsExactlyElementsOf(range(1, 10_000));
    assertThat(recorder.threads).hasSize(1);
    assertThat(delivery.listeners()).singleElement().extracting(ListenerStatus::lag).isEqualTo(0L);
  }

  @Test
  void aLateListenerBeginsWithHistoryIfItWantsTo() {
    Tape tape = tape(BTC, 100_000);
    delivery.add(tape);
    print(tape, 1, 3_000);
    Recorder all = new Recorder();
    Recorder onlyNew = new Recorder();
    delivery.bind(all, Map.of(TradeListener.FROM_HISTORY, true));
    delivery.bind(onlyNew, Map.of());
    print(tape, 3_001, 5_000);
    await().until(() -> all.ids.size() == 5_000 && onlyNew.ids.size() == 2_000);
    assertThat(all.ids).containsExactlyElementsOf(range(1, 5_000));
    assertThat(onlyNew.ids).containsExactlyElementsOf(range(3_001, 5_000));
  }

  @Test
  void aListenerGetsTheInstrumentsItNames() {
    Tape btc = tape(BTC, 10_000);
    Tape eth = tape(ETH, 10_000);
    delivery.add(btc);
    delivery.add(eth);
    Recorder recorder = new Recorder();
    delivery.bind(recorder, Map.of(TradeListener.INSTRUMENTS, new String[] {"test:ETHUSDT"}));
    print(btc, 1, 10);
    print(eth, 501, 510);
    await().until(() -> recorder.ids.size() == 10);
    assertThat(recorder.ids).containsExactlyElementsOf(range(501, 510));

    delivery.updated(recorder, Map.of(TradeListener.INSTRUMENTS, List.of("BTCUSDT")));
    print(btc, 11, 20);
    await().until(() -> recorder.ids.size() == 20);
    assertThat(recorder.ids.subList(10, 20)).containsExactlyElementsOf(range(11, 20));
  }

  @Test
  void aHoleInTheIdsIsToldInLine() {
    Tape tape = tape(BTC, 10_000);
    Recorder recorder = new Recorder();
    delivery.bind(recorder, Map.of());
    delivery.add(tape);
    print(tape, 1, 5);
    tape.gap(6, 8);
    print(tape, 9, 12);
    await().until(() -> recorder.ids.size() == 9);
    assertThat(recorder.story).containsSubsequence("1-5", "gap 6-8 MISSING", "9-12");
  }

  @Test
  void lateTradesGoToThoseWhoWereToldOfTheGapAndToTheOthersInTheirPlace() {
    Tape tape = tape(BTC, 10_000);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch inCall = new CountDownLatch(1);
    Recorder prompt = new Recorder();
    Recorder slow =
        new Recorder(
            batch -> {
              inCall.countDown();
              awaitQuietly(goOn);
            });
    delivery.bind(prompt, Map.of());
    delivery.bind(slow, Map.of());
    delivery.add(tape);
    print(tape, 1, 5);
    await().until(() -> inCall.getCount() == 0 && prompt.ids.size() == 5);
    tape.gap(6, 8);
    print(tape, 9, 12);
    await().until(() -> prompt.ids.size() == 9);
    Recorder joinedLater = new Recorder();
    delivery.bind(joinedLater, Map.of());

    tape.amend(6, 8, rows(6, 8), 3);
    delivery.signal();
    goOn.countDown();
    print(tape, 13, 13);
    await().until(() -> prompt.ids.contains(13L) && joinedLater.ids.contains(13L));
    await().until(() -> slow.ids.contains(13L));
    assertThat(prompt.story).containsSubsequence("gap 6-8 MISSING", "9-12", "late 6-8: 3", "13-13");
    assertThat(prompt.threads).hasSize(1);
    assertThat(slow.ids).containsExactlyElementsOf(range(1, 13));
    assertThat(slow.story).noneMatch(line -> line.startsWith("gap") || line.startsWith("late"));
    assertThat(joinedLater.story).containsExactly("13-13");
  }

  @Test
  void aListenerThatFailsWithAnErrorReadsWhatItLostFromHistory() {
    Tape tape = tape(BTC, 10_000);
    Recorder[] self = new Recorder[1];
    self[0] =
        new Recorder(
            batch -> {
              if (batch.id(0) == 4) {
                throw new AssertionError("on purpose");
              }
            }) {
          @Override
          public void onGap(TradeGap gap) {
            super.onGap(gap);
            tape.from(gap.firstId(), (int) gap.count()).forEach(trade -> ids.add(trade.id()));
          }
        };
    Recorder other = new Recorder();
    delivery.bind(self[0], Map.of(TradeListener.NAME, "failing"));
    delivery.bind(other, Map.of());
    delivery.add(tape);
    print(tape, 1, 3);
    await().until(() -> self[0].ids.size() == 3);
    print(tape, 4, 6);
    await().until(() -> status("failing").lag() == 0);
    print(tape, 7, 9);
    await().until(() -> self[0].ids.contains(9L) && other.ids.contains(9L));
    assertThat(self[0].ids).containsExactlyElementsOf(range(1, 9));
    assertThat(self[0].story).anyMatch(line -> line.endsWith("LISTENER_FAILED"));
    assertThat(status("failing").failures()).isEqualTo(1);
    assertThat(status("failing").lost()).isBetween(1L, 3L);
    assertThat(other.ids).containsExactlyElementsOf(range(1, 9));
  }

  @Test
  void aListenerThatStaysGoesOnWhereItWasWhenDeliveryBeginsAgain(@TempDir Path directory) {
    Path file = directory.resolve("listeners");
    Delivery first = new Delivery(Clock.SYSTEM, null, new ListenerPlaces(file, "run 1"));
    Tape tape = tape(BTC, 10_000);
    Recorder stays = new Recorder();
    Recorder fromHistory = new Recorder();
    Map<String, Object> named = Map.of("service.id", 7L);
    Map<String, Object> oldest = Map.of("service.id", 8L, TradeListener.FROM_HISTORY, true);
    first.add(tape);
    first.bind(stays, named);
    first.bind(fromHistory, oldest);
    print(tape, 1, 5);
    tape.gap(6, 7);
    print(tape, 8, 9);
    first.signal();
    await().until(() -> stays.ids.size() == 7 && fromHistory.ids.size() == 7);
    first.remove(tape);
    first.close();

    print(tape, 10, 12);
    tape.amend(6, 7, rows(6, 7), 2);
    Delivery second = new Delivery(Clock.SYSTEM, null, new ListenerPlaces(file, "run 1"));
    Recorder comes = new Recorder();
    second.bind(stays, named);
    second.bind(fromHistory, oldest);
    second.bind(comes, named);
    second.add(tape);
    print(tape, 13, 14);
    second.signal();
    await().until(() -> stays.ids.contains(14L) && fromHistory.ids.contains(14L));
    await().until(() -> comes.ids.contains(14L));
    second.close();

    List<Long> all = List.of(1L, 2L, 3L, 4L, 5L, 8L, 9L, 10L, 11L, 12L, 13L, 14L);
    assertThat(stays.ids).containsExactlyElementsOf(all);
    assertThat(stays.story).containsSubsequence("gap 6-7 MISSING", "late 6-7: 2");
    assertThat(fromHistory.ids).containsExactlyElementsOf(all);
    assertThat(comes.ids).as("a new object is a new listener").containsExactly(13L, 14L);

    Delivery otherRun = new Delivery(Clock.SYSTEM, null, new ListenerPlaces(file, "run 2"));
    otherRun.bind(stays, named);
    otherRun.add(tape);
    print(tape, 15, 15);
    otherRun.signal();
    await().until(() -> stays.ids.contains(15L));
    otherRun.close();
    assertThat(stays.ids).hasSize(13);
  }

  @Test
  void whatWasMissedBecauseNoHistoryWasKeptIsToldAsMissing() {
    Tape tape = tape(BTC, 10_000);
    Recorder recorder = new Recorder();
    delivery.bind(recorder, Map.of());
    delivery.add(tape);
    print(tape, 1, 5);
    await().until(() -> recorder.ids.size() == 5);
    delivery.remove(tape);
    Tape next = tape(BTC, 10_000);
    delivery.add(next);
    print(next, 9, 10);
    await().until(() -> recorder.ids.contains(10L));
    assertThat(recorder.story).containsSubsequence("1-5", "gap 6-8 MISSING", "9-10");

    delivery.remove(next);
    Tape renumbered = tape(BTC, 10_000);
    delivery.add(renumbered);
    print(renumbered, 3, 4);
    await().until(() -> recorder.ids.contains(4L) && recorder.ids.size() == 9);
  }

  @Test
  void anOlderHistoryIsNotToldAgain() {
    Tape tape = tape(BTC, 10_000);
    Recorder recorder = new Recorder();
    delivery.bind(recorder, Map.of());
    delivery.add(tape);
    print(tape, 1, 8);
    await().until(() -> recorder.ids.size() == 8);
    delivery.remove(tape);

    // What was kept at an earlier stop ends ahead of what the listener has seen.
    Tape older = tape(BTC, 10_000);
    older.restore(rows(1, 5), 5, new IdRanges());
    delivery.add(older);
    print(older, 6, 10);
    await().until(() -> recorder.ids.contains(10L));
    assertThat(recorder.ids).containsExactlyElementsOf(range(1, 10));

    // If the stream turns out not to go on with it, the ids are others.
    delivery.remove(older);
    Tape renumbered = tape(BTC, 10_000);
    renumbered.restore(rows(1, 5), 5, new IdRanges());
    delivery.add(renumbered);
    renumbered.beginAnew();
    print(renumbered, 3, 4);
    await().until(() -> recorder.ids.size() == 12);
    assertThat(recorder.ids.subList(10, 12)).containsExactly(3L, 4L);
  }

  @Test
  void aSlowListenerLosesAloneAndIsTold() throws InterruptedException {
    Tape tape = tape(BTC, 2_048);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch inCall = new CountDownLatch(1);
    Recorder quick = new Recorder();
    Recorder slow =
        new Recorder(
            batch -> {
              inCall.countDown();
              awaitQuietly(goOn);
            });
    delivery.bind(slow, Map.of(TradeListener.NAME, "slow"));
    delivery.bind(quick, Map.of(TradeListener.NAME, "quick"));
    delivery.add(tape);
    print(tape, 1, 1);
    inCall.await();
    for (int block = 0; block < 20; block++) {
      long from = 2 + block * 1_000L;
      print(tape, from, from + 999);
      long upTo = from + 999;
      await().until(() -> !quick.ids.isEmpty() && quick.ids.get(quick.ids.size() - 1) == upTo);
    }
    assertThat(quick.ids).containsExactlyElementsOf(range(1, 20_001));
    assertThat(status("slow").lag()).isEqualTo(20_001);
    assertThat(status("slow").inCallFor()).isPositive();

    goOn.countDown();
    await().until(() -> slow.ids.contains(20_001L));
    assertThat(slow.story).anyMatch(line -> line.endsWith("LISTENER_TOO_SLOW"));
    assertThat(status("slow").lost()).isEqualTo(20_001 - slow.ids.size());
    assertThat(status("quick").lost()).isZero();
  }

  @Test
  void aListenerThatThrowsIsToldWhatItMayHaveLost() {
    Tape tape = tape(BTC, 10_000);
    Recorder recorder =
        new Recorder(
            batch -> {
              if (batch.id(0) <= 3) {
                throw new IllegalStateException("on purpose");
              }
            });
    delivery.bind(recorder, Map.of(TradeListener.NAME, "thrower"));
    delivery.add(tape);
    print(tape, 1, 3);
    await().until(() -> status("thrower").failures() > 0 && status("thrower").lag() == 0);
    print(tape, 4, 6);
    await().until(() -> recorder.ids.contains(6L));
    assertThat(recorder.ids).containsExactly(4L, 5L, 6L);
    assertThat(recorder.story).anyMatch(line -> line.endsWith("LISTENER_FAILED"));
    assertThat(status("thrower").lost()).isEqualTo(3);
    assertThat(status("thrower").lastFailure()).contains("on purpose");
  }

  @Test
  void aListenerThatInterruptsItsThreadStillGetsTheRest() {
    Tape tape = tape(BTC, 10_000);
    Recorder recorder = new Recorder(batch -> Thread.currentThread().interrupt());
    delivery.bind(recorder, Map.of());
    delivery.add(tape);
    print(tape, 1, 2_000);
    await().until(() -> recorder.ids.size() == 2_000);
  }

  @Test
  void aCallUnderWayWhenDeliveryEndsIsNotDisturbed() throws InterruptedException {
    Tape tape = tape(BTC, 10_000);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch inCall = new CountDownLatch(1);
    Recorder recorder =
        new Recorder(
            batch -> {
              inCall.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException("disturbed", e);
              }
            });
    delivery.bind(recorder, Map.of());
    delivery.add(tape);
    print(tape, 1, 1);
    inCall.await();
    print(tape, 2, 9);

    Thread closer = new Thread(delivery::close);
    closer.start();
    await().until(() -> delivery.listeners().isEmpty());
    goOn.countDown();
    closer.join();
    assertThat(recorder.story).containsExactly("1-1");
  }

  @Test
  void aListenerThatLeavesWhileItBlocksIsInterruptedAndItsThreadEnds() throws InterruptedException {
    Tape tape = tape(BTC, 10_000);
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch inCall = new CountDownLatch(1);
    Recorder stuck =
        new Recorder(
            batch -> {
              inCall.countDown();
              awaitQuietly(never);
            });
    delivery.bind(stuck, Map.of());
    delivery.add(tape);
    print(tape, 1, 1);
    inCall.await();

    delivery.unbind(stuck);

    await().until(() -> stuck.threads.stream().noneMatch(Thread::isAlive));
    assertThat(stuck.story).as("what it was told").containsExactly("1-1");
  }

  @Test
  void nothingComesAfterUnbind() {
    Tape tape = tape(BTC, 10_000);
    Recorder recorder = new Recorder();
    delivery.bind(recorder, Map.of());
    delivery.add(tape);
    print(tape, 1, 100);
    await().until(() -> recorder.ids.size() == 100);
    delivery.unbind(recorder);
    print(tape, 101, 200);
    assertThat(delivery.listeners()).isEmpty();
    assertThat(recorder.ids).hasSize(100);
  }

  @Test
  void aListenerMayLeaveFromWithinItsOwnCall() {
    Tape tape = tape(BTC, 10_000);
    Recorder[] self = new Recorder[1];
    self[0] = new Recorder(batch -> delivery.unbind(self[0]));
    delivery.bind(self[0], Map.of());
    delivery.add(tape);
    long begin = System.nanoTime();
    print(tape, 1, 1);
    await().until(() -> delivery.listeners().isEmpty());
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
  }

  /** History holds a fiftieth of what is printed as fast as can be. */
  @Test
  void aListenerThatMustHaveAllSlowsTheFeedDownInsteadOfLosingAny() {
    Tape tape = tape(BTC, 4_000);
    Recorder slow = new Recorder(batch -> LockSupport.parkNanos(300_000));
    delivery.bind(slow, Map.of(TradeListener.NAME, "slow", TradeListener.LOSSLESS, true));
    delivery.add(tape);
    print(tape, 1, 200_000);
    await().until(() -> status("slow").lag() == 0);
    assertThat(slow.ids).isEqualTo(range(1, 200_000));
    assertThat(status("slow").lost()).isZero();
  }

  /** It is waited for once; then the feed goes on, and what it loses is told to it. */
  @Test
  void oneThatTakesNothingIsNotWaitedForAgain() {
    Tape tape = tape(BTC, 4_000);
    CountDownLatch end = new CountDownLatch(1);
    Recorder stuck = new Recorder(batch -> awaitQuietly(end));
    Recorder other = new Recorder(batch -> {});
    delivery.bind(stuck, Map.of(TradeListener.NAME, "stuck", TradeListener.LOSSLESS, true));
    delivery.bind(other, Map.of(TradeListener.NAME, "other", TradeListener.LOSSLESS, true));
    delivery.add(tape);
    print(tape, 1, 200_000);
    await().until(() -> status("other").lag() == 0);
    assertThat(other.ids).hasSize(200_000);
    end.countDown();
    await().until(() -> status("stuck").lag() == 0);
    assertThat(status("stuck").lost()).isPositive();
    assertThat(stuck.story).anyMatch(line -> line.endsWith("LISTENER_TOO_SLOW"));
  }

  private ListenerStatus status(String name) {
    return delivery.listeners().stream()
        .filter(listener -> listener.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Tape tape(Instrument instrument, long trades) {
    return new Tape(instrument, new Tape.TapeLimits(Duration.ofHours(1), trades, 1L << 30));
  }

  private void print(Tape tape, long first, long last) {
    for (long id = first; id <= last; id++) {
      tape.append(id, 1, 1, 1, 1, TapeRow.flags(true, 1, false, false));
    }
    delivery.signal();
  }

  private static long[] rows(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .flatMap(id -> LongStream.of(id, 1, 1, 1, 1, TapeRow.flags(true, 1, true, false)))
        .toArray();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static class Recorder implements TradeListener {
    final List<Long> ids = Collections.synchronizedList(new ArrayList<>());
    final List<String> story = Collections.synchronizedList(new ArrayList<>());
    final java.util.Set<Thread> threads = java.util.concurrent.ConcurrentHashMap.newKeySet();
    private final Consumer<TradeBatch> before;

    Recorder() {
      this(batch -> {});
    }

    Recorder(Consumer<TradeBatch> before) {
      this.before = before;
    }

    @Override
    public void onTrades(TradeBatch batch) {
      threads.add(Thread.currentThread());
      before.accept(batch);
      batch.forEach(trade -> ids.add(trade.id()));
      story.add(batch.id(0) + "-" + batch.id(batch.size() - 1));
    }

    @Override
    public void onGap(TradeGap gap) {
      story.add("gap " + gap.firstId() + "-" + gap.lastId() + " " + gap.cause());
    }

    @Override
    public void onAmendment(TradeAmendment late) {
      late.trades().forEach(trade -> assertThat(trade.repaired()).isTrue());
      story.add("late " + late.firstId() + "-" + late.lastId() + ": " + late.trades().size());
    }
  }
}
