package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.stream.InstrumentState;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.tasks.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a newest id of REST says of a stream that is silent, and from when on it is asked for. */
class SilenceTest {
  private static final DataWatch.Bounds BOUNDS =
      new DataWatch.Bounds(Duration.ofSeconds(10), Duration.ofSeconds(120));

  private final InstrumentFeed feed =
      new InstrumentFeed(
          new Instrument("test", "BTCUSDT", 8, 8),
          ConnectorRig.settings(URI.create("ws://h"), URI.create("http://h"), "BTCUSDT"),
          true,
          null,
          Clock.SYSTEM);
  private final Subscription subscription = new Subscription(feed, 1, seconds(1));
  private final Silence silence = subscription.silence();

  @Test
  void withoutDataTheFirstAnswerIsTheMarkForTheNext() {
    subscription.acknowledged(seconds(2));
    assertThat(silence.weigh(100)).isEqualTo(Silence.Answer.UNDECIDED);
    assertThat(silence.weigh(100)).isEqualTo(Silence.Answer.QUIET);
    assertThat(silence.weigh(101)).isEqualTo(Silence.Answer.NEWER);
    assertThat(silence.weigh(101)).isEqualTo(Silence.Answer.NEWER);
  }

  @Test
  void aMarketWithoutAnyTradeIsQuiet() {
    subscription.acknowledged(seconds(2));
    assertThat(silence.weigh(-1)).isEqualTo(Silence.Answer.QUIET);
  }

  @Test
  void nothingNewSinceTheLastConnectionIsQuietAtOnce() {
    feed.trade(100, 1, 1, 1, 1, TapeRow.flags(true, 1, false, false));
    subscription.acknowledged(seconds(2));
    assertThat(silence.weigh(100)).isEqualTo(Silence.Answer.QUIET);
    assertThat(silence.weigh(105))
        .as("perhaps of the time between")
        .isEqualTo(Silence.Answer.UNDECIDED);
  }

  @Test
  void withDataOneAnswerTells() {
    subscription.acknowledged(seconds(2));
    subscription.carried(100, seconds(3));
    assertThat(silence.weigh(99)).as("its database lags").isEqualTo(Silence.Answer.QUIET);
    assertThat(silence.weigh(100)).isEqualTo(Silence.Answer.QUIET);
    assertThat(silence.weigh(101)).isEqualTo(Silence.Answer.NEWER);
  }

  @Test
  void whatWasPrintedBeforeARenewalNeedNotCome() {
    subscription.acknowledged(seconds(2));
    subscription.carried(100, seconds(3));
    silence.asked(seconds(20));
    silence.doubt(page(105), seconds(22));
    assertThat(silence.isProven(seconds(21))).isFalse();
    assertThat(silence.isProven(seconds(22))).isTrue();
    silence.renewed();
    subscription.renewed(seconds(22));
    subscription.acknowledged(seconds(23));
    assertThat(silence.weigh(105)).isEqualTo(Silence.Answer.QUIET);
    assertThat(silence.weigh(107)).isEqualTo(Silence.Answer.UNDECIDED);
    assertThat(silence.weigh(108)).isEqualTo(Silence.Answer.NEWER);
  }

  @Test
  void aDoubtIsDroppedWhenDataComes() {
    subscription.acknowledged(seconds(2));
    silence.asked(seconds(20));
    silence.doubt(page(105), seconds(22));
    subscription.carried(105, seconds(21));
    silence.dropIfAlive();
    assertThat(silence.isDoubted()).isFalse();
  }

  @Test
  void eachLookAtTheSameSilenceComesLater() {
    subscription.acknowledged(seconds(2));
    long now = seconds(20);
    for (int wait : new int[] {10, 20, 40, 80, 120, 120}) {
      silence.asked(now);
      assertThat(silence.isDue(now)).isFalse();
      silence.later(now, seconds(10), seconds(120));
      assertThat(silence.isDue(now + seconds(wait) - 1)).isFalse();
      now += seconds(wait);
      assertThat(silence.isDue(now)).isTrue();
    }
  }

  @Test
  void whatIsUnusualDependsOnTheInstrument() {
    subscription.acknowledged(seconds(2));
    assertThat(BOUNDS.thresholdNanos(subscription)).isEqualTo(seconds(10));
    subscription.carried(1, seconds(10));
    subscription.carried(2, seconds(15));
    assertThat(BOUNDS.thresholdNanos(subscription)).as("one in 5 s").isEqualTo(seconds(20));
    subscription.carried(3, seconds(115));
    assertThat(BOUNDS.thresholdNanos(subscription)).isEqualTo(seconds(120));
    long now = seconds(115);
    for (int i = 0; i < 1_000; i++) {
      now += TimeUnit.MILLISECONDS.toNanos(100);
      subscription.carried(4 + i, now);
    }
    assertThat(BOUNDS.thresholdNanos(subscription)).as("busy again").isEqualTo(seconds(10));
  }

  @Test
  void aFindingHoldsUntilDataComes() {
    subscription.acknowledged(seconds(2));
    assertThat(subscription.state()).isEqualTo(InstrumentState.WAITING_FOR_DATA);
    subscription.found(InstrumentState.QUIET, "quiet", seconds(12));
    assertThat(subscription.state()).isEqualTo(InstrumentState.QUIET);
    assertThat(subscription.reason()).isEqualTo("quiet");
    subscription.carried(1, seconds(13));
    assertThat(subscription.state()).isEqualTo(InstrumentState.LIVE);
    assertThat(subscription.reason()).isEmpty();
  }

  private static BackfillPage page(long id) {
    BackfillPage page = new BackfillPage();
    page.trade(id, 1, 1, id, true, 1);
    return page;
  }

  private static long seconds(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }
}
