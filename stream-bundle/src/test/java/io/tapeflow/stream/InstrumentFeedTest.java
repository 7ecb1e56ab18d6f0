package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeBatch;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a page of REST fills a hole. */
class InstrumentFeedTest {
  private static final Duration CONFIRMED = Duration.ofMillis(250);
  private static final Instrument BTC = new Instrument("test", "BTCUSDT", 8, 8);

  private final ManualTime time = new ManualTime();
  private final InstrumentFeed feed =
      new InstrumentFeed(
          BTC,
          ConnectorRig.settings(URI.create("ws://h"), URI.create("http://h"), "BTCUSDT"),
          true,
          null,
          time);

  @Test
  void aPageThatReachesBehindTheHoleClosesIt() {
    live(100, 105);
    assertThat(fill(101, 102, 103, 104, 105)).isTrue();
    assertThat(ids()).containsExactly(100L, 101L, 102L, 103L, 104L, 105L);
    assertThat(waitedFor()).isNull();
    assertThat(feed.status().repaired()).isEqualTo(4);
    assertThat(feed.tape().latest(5).repaired(0)).isTrue();
    assertThat(feed.tape().latest(1).repaired(0)).isFalse();
  }

  @Test
  void idsThatTwoPagesLeaveOutNeverWere() {
    live(100, 105);
    assertThat(fill(102, 105)).isTrue();
    assertThat(ids()).as("one answer proves nothing").containsExactly(100L);
    time.pass(CONFIRMED);
    assertThat(feed.askFrom(waitedFor())).as("a trade that REST must have").isEqualTo(100);
    assertThat(feed.fill(new Ids(101, 104), page(100, 102, 105))).isTrue();
    assertThat(ids()).containsExactly(100L, 102L, 105L);
    InstrumentStatus status = feed.status();
    assertThat(status.absent()).isEqualTo(3);
    assertThat(status.lastId() - status.firstId() + 1)
        .isEqualTo(status.delivered() + status.absent());
  }

  @Test
  void aHoleOfNothingButIdsThatNeverWereCloses() {
    live(100, 105);
    assertThat(fill(100, 105)).isFalse();
    assertThat(fill(100, 105)).as("too soon").isFalse();
    time.pass(CONFIRMED);
    assertThat(fill(100, 105)).isTrue();
    assertThat(ids()).containsExactly(100L, 105L);
    assertThat(feed.status().absent()).isEqualTo(4);
  }

  @Test
  void anIdThatOnePageLeavesOutIsNotLost() {
    live(100, 105);
    assertThat(fill(101, 103, 104, 105)).isTrue();
    assertThat(ids()).containsExactly(100L, 101L);
    time.pass(CONFIRMED);
    assertThat(fill(101, 102, 103, 104, 105)).isTrue();
    assertThat(ids()).containsExactly(100L, 101L, 102L, 103L, 104L, 105L);
    assertThat(feed.status().absent()).isZero();
    assertThat(feed.status().repaired()).isEqualTo(4);
  }

  @Test
  void aPageThatDoesNotBeginWhereItWasAskedToSaysNothingOfWhatIsAheadOfIt() {
    live(100, 105);
    for (int i = 0; i < 20; i++) {
      assertThat(fill(105 + i, 106 + i, 107 + i)).isFalse();
      time.pass(CONFIRMED);
    }
    assertThat(ids()).containsExactly(100L);
    assertThat(feed.status().absent()).isZero();
  }

  @Test
  void aVenueThatBeginsBehindTheHoleAgainAndAgainHasNothingAheadOfIt() {
    live(100, 105);
    for (int i = 0; i < 8; i++) {
      assertThat(fill(105, 106 + i)).isFalse();
      time.pass(CONFIRMED);
    }
    assertThat(fill(105, 120)).isTrue();
    assertThat(ids()).containsExactly(100L, 105L);
    assertThat(feed.status().absent()).isEqualTo(4);
  }

  @Test
  void aPageThatContradictsTheStreamIsNotTaken() {
    live(100, 105);
    BackfillPage page = new BackfillPage();
    page.trade(101, 2, 1, 101, true, 1);
    page.trade(105, 2, 1, 105, true, 1);
    assertThatThrownBy(() -> feed.fill(waitedFor(), page))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another trade under id 105");
    assertThat(ids()).containsExactly(100L);
    feed.repairFailed("HTTP status 503");
    assertThat(feed.status().reason())
        .isEqualTo("1 trades wait for ids 101 to 104; REST: HTTP status 503");
    assertThat(fill(101, 102, 103, 104, 105)).isTrue();
    assertThat(feed.status().reason()).isEmpty();
  }

  @Test
  void aPageThatEndsEarlyFillsWhatItHas() {
    live(100, 105);
    assertThat(fill(101, 102)).isTrue();
    assertThat(ids()).containsExactly(100L, 101L, 102L);
    assertThat(waitedFor().first()).isEqualTo(103);
    assertThat(feed.status().reason()).contains("1 trades wait for ids 103 to 104");
  }

  @Test
  void anEmptyPageFillsNothing() {
    live(100, 105);
    assertThat(fill()).isFalse();
    assertThat(waitedFor().first()).isEqualTo(101);
  }

  @Test
  void anUnreadableRowStaysMissingAndTheRestIsKept() {
    live(100, 103);
    BackfillPage page = new BackfillPage();
    page.trade(101, 1, 1, 1, true, 1);
    page.unreadable(102, "does not fit");
    page.trade(103, 1, 1, 1, true, 1);
    assertThat(feed.fill(waitedFor(), page)).isTrue();
    assertThat(ids()).containsExactly(100L, 101L);
    assertThat(waitedFor().first()).isEqualTo(102);
    assertThat(feed.status().absent()).isZero();
  }

  @Test
  void whatTheStreamBroughtMeanwhileIsNotCountedTwice() {
    live(100, 105);
    Ids hole = waitedFor();
    live(101, 102);
    BackfillPage page = page(101, 102, 103, 104, 105);
    assertThat(feed.fill(hole, page)).isTrue();
    assertThat(ids()).containsExactly(100L, 101L, 102L, 103L, 104L, 105L);
    assertThat(feed.status().repaired()).isEqualTo(2);
  }

  private void live(long... ids) {
    for (long id : ids) {
      feed.trade(id, 1, 1, id, id, TapeRow.flags(true, 1, false, false));
    }
  }

  private boolean fill(long... ids) {
    return feed.fill(waitedFor(), page(ids));
  }

  private Ids waitedFor() {
    return feed.overdue(Duration.ZERO, 1);
  }

  private static BackfillPage page(long... ids) {
    BackfillPage page = new BackfillPage();
    for (long id : ids) {
      page.trade(id, 1, 1, id, true, 1);
    }
    return page;
  }

  private List<Long> ids() {
    List<Long> ids = new ArrayList<>();
    TradeBatch batch = feed.tape().latest(100);
    batch.forEach(trade -> ids.add(trade.id()));
    return ids;
  }
}
