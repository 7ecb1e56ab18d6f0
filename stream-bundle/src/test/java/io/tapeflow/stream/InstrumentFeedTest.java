package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.tasks.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a page of REST fills a hole. */
class InstrumentFeedTest {
  private static final Instrument BTC = new Instrument("test", "BTCUSDT", 8, 8);

  private final InstrumentFeed feed =
      new InstrumentFeed(
          BTC,
          ConnectorRig.settings(URI.create("ws://h"), URI.create("http://h"), "BTCUSDT"),
          true,
          null,
          Clock.SYSTEM);

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
  void idsThatThePageLeavesOutNeverWere() {
    live(100, 105);
    assertThat(fill(102, 105)).isTrue();
    assertThat(ids()).containsExactly(100L, 102L, 105L);
    InstrumentStatus status = feed.status();
    assertThat(status.absent()).isEqualTo(3);
    assertThat(status.lastId() - status.firstId() + 1)
        .isEqualTo(status.delivered() + status.absent());
  }

  @Test
  void aHoleOfNothingButIdsThatNeverWereCloses() {
    live(100, 105);
    assertThat(fill(105)).isTrue();
    assertThat(ids()).containsExactly(100L, 105L);
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
