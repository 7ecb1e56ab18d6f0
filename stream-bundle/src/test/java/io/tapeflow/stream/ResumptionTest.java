package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.tasks.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** When a kept record is gone on with, and when it begins anew. */
class ResumptionTest {
  private static final Instrument BTC = new Instrument("test", "BTCUSDT", 8, 8);
  private static final long SECOND = 1_000_000;
  private static final StreamSettings SETTINGS =
      ConnectorRig.with(
          ConnectorRig.settings(URI.create("ws://h"), URI.create("http://h"), "BTCUSDT"),
          Map.of("history", Duration.ofMinutes(10), "historyTrades", 5_000));

  /** The kept record: ids 101 to 110, one a second, the last one at 110 s. */
  private final InstrumentFeed feed = new InstrumentFeed(BTC, SETTINGS, true, kept(), Clock.SYSTEM);

  @Test
  void theNextIdsGoOnWithTheRecord() {
    trade(111, 111 * SECOND);
    trade(112, 112 * SECOND);
    assertThat(ids()).containsExactly(LongStream.rangeClosed(101, 112).toArray());
    assertThat(feed.status().firstId()).isEqualTo(111);
    assertThat(feed.status().delivered()).isEqualTo(2);
  }

  @Test
  void aHoleBehindTheRecordIsFetchedLikeAnyOther() {
    trade(114, 114 * SECOND);
    assertThat(feed.overdue(Duration.ZERO, 1).first()).isEqualTo(111);
    BackfillPage page = new BackfillPage();
    for (long id = 111; id <= 114; id++) {
      page.trade(id, 1, 1, id * SECOND, true, 1);
    }
    assertThat(feed.fill(new Ids(111, 113), page)).isTrue();
    assertThat(ids()).containsExactly(LongStream.rangeClosed(101, 114).toArray());
  }

  @Test
  void aQuietMarketGoesOnHoweverLongItWasQuiet() {
    trade(111, 110 * SECOND + Duration.ofHours(5).toSeconds() * SECOND);
    assertThat(ids()).contains(101, 111);
  }

  @Test
  void lowerIdsThatAreNewerAreANewNumbering() {
    trade(7, 200 * SECOND);
    trade(8, 201 * SECOND);
    assertThat(ids()).containsExactly(7, 8);
    assertThat(feed.status().firstId()).isEqualTo(7);
    assertThat(feed.status().unrepaired()).isZero();
  }

  @Test
  void higherIdsThatAreOlderAreANewNumbering() {
    trade(300, 20 * SECOND);
    assertThat(ids()).containsExactly(300);
  }

  @Test
  void aRepeatOfTheRecordIsNoNewNumbering() {
    trade(109, 109 * SECOND);
    trade(110, 110 * SECOND);
    trade(111, 111 * SECOND);
    assertThat(ids()).containsExactly(LongStream.rangeClosed(101, 111).toArray());
    assertThat(feed.status().duplicates()).isEqualTo(2);
  }

  @Test
  void moreThanHistoryCouldHoldIsNotFetched() {
    trade(111 + 5_001, 300 * SECOND);
    assertThat(ids()).containsExactly(111 + 5_001);
  }

  @Test
  void longerAgoThanHistoryReachesIsNotFetched() {
    trade(120, 110 * SECOND + Duration.ofMinutes(11).toSeconds() * SECOND);
    assertThat(ids()).containsExactly(120);
  }

  @Test
  void nothingButIdsThatTheRecordHasIsANewNumbering() {
    for (int i = 0; i < 1_000; i++) {
      trade(5 + i % 50, 50 * SECOND);
    }
    trade(60, 51 * SECOND);
    assertThat(ids()).containsExactly(60);
  }

  @Test
  void restThatSaysOtherwiseEndsTheRecord() {
    trade(114, 114 * SECOND);
    BackfillPage page = new BackfillPage();
    page.trade(111, 1, 1, 3 * SECOND, true, 1);
    assertThat(feed.fill(new Ids(111, 113), page)).isFalse();
    assertThat(ids()).isEmpty();
    trade(115, 115 * SECOND);
    assertThat(ids()).containsExactly(115);
  }

  @Test
  void onceTheRecordGoesOnItIsNotGivenUp() {
    trade(111, 111 * SECOND);
    trade(7, 200 * SECOND);
    assertThat(ids()).contains(101, 111).doesNotContain(7);
  }

  private void trade(long id, long time) {
    feed.trade(id, 1, 1, time, time, TapeRow.flags(true, 1, false, false));
  }

  private long[] ids() {
    TradeBatch batch = feed.tape().latest(1_000);
    return LongStream.range(0, batch.size()).map(i -> batch.id((int) i)).toArray();
  }

  private static KeptTape kept() {
    Tape tape = new Tape(BTC, new Tape.TapeLimits(Duration.ofHours(1), 10_000, 1L << 30));
    for (long id = 101; id <= 110; id++) {
      tape.append(id, 1, 1, id * SECOND, 1, TapeRow.flags(true, 1, false, false));
    }
    return KeptTape.of(tape.view());
  }
}
